// What a browser adds when it may run scripts. Files: their size is said before they travel, how far they are, and what
// to do where they did not arrive. The report form: saved while it is filled in, and never lost to an ended session.
// Without it both forms work all the same.
(function () {
  "use strict";
  var LARGEST = 20 * 1024 * 1024;
  var SAVED_AFTER = 20000;
  var ENDED =
    "Phiên làm việc đã kết thúc. Nội dung trên trang này vẫn còn: đề nghị mở lại địa chỉ trong thư ở một cửa sổ khác " +
    "của trình duyệt này, sau đó trở lại đây và bấm lần nữa.";
  var CUT = "Chưa gửi được do mất kết nối. Nội dung trên trang này vẫn còn; đề nghị kiểm tra đường truyền và bấm lần nữa.";

  // What is missing, on top of the page in the form that the server gives it: [{id, words}].
  function tell(title, missing, quietly) {
    hush();
    var box = document.createElement("div");
    var list = document.createElement("ul");
    box.className = "notice";
    box.id = "can-bo-sung";
    box.tabIndex = -1;
    box.dataset.told = "here";
    box.setAttribute("role", "alert");
    box.appendChild(document.createElement("h2")).textContent = title;
    missing.forEach(function (each) {
      var line = list.appendChild(document.createElement("li"));
      var at = each.id && document.getElementById(each.id);
      if (at) {
        line = line.appendChild(document.createElement("a"));
        line.href = "#" + each.id;
        at.setAttribute("aria-invalid", "true");
      }
      line.textContent = each.words;
    });
    box.appendChild(list);
    var heading = document.querySelector("main h1");
    heading.parentNode.insertBefore(box, heading);
    if (!quietly) box.focus();
  }

  function hush() {
    var box = document.getElementById("can-bo-sung");
    if (box) box.parentNode.removeChild(box);
    Array.prototype.forEach.call(document.querySelectorAll("[aria-invalid]"), function (each) {
      each.removeAttribute("aria-invalid");
    });
  }

  // What a page that the server answered with says instead of what was hoped for.
  function refusal(status, text) {
    if (status === 404) return [{ words: ENDED }];
    var page = new DOMParser().parseFromString(text, "text/html");
    var lines = page.querySelectorAll("[role=alert] li, p[role=alert]");
    var found = Array.prototype.map.call(lines, function (each) {
      var link = each.querySelector("a");
      return { id: link ? link.getAttribute("href").slice(1) : "", words: each.textContent.trim() };
    });
    return found.length ? found : [{ words: "Công việc chưa hoàn thành; đề nghị thử lại sau ít phút hoặc trả lời thư nhắc." }];
  }

  function size(bytes) {
    if (bytes < 1048576) return Math.max(1, Math.round(bytes / 1024)) + " KB";
    return (bytes / 1048576).toFixed(1).replace(".", ",") + " MB";
  }

  function uploading(form) {
    var files = document.getElementById("tep");
    var chosen = document.getElementById("da-chon");
    var shown = document.getElementById("tien-do");
    var bar = document.getElementById("thanh");
    var percent = document.getElementById("phan-tram");
    var button = form.querySelector("button");
    var most = Number(files.dataset.most);

    function missing() {
      var found = [];
      if (!form.ho_ten.value.trim()) found.push({ id: "ho_ten", words: "Đề nghị ghi họ và tên người gửi." });
      if (!form.chuc_vu.value.trim()) found.push({ id: "chuc_vu", words: "Đề nghị ghi chức vụ, chức danh người gửi." });
      if (!files.files.length) found.push({ id: "tep", words: "Đề nghị chọn tệp cần gửi." });
      if (files.files.length > most) found.push({ id: "tep", words: "Đề nghị gửi không quá " + most + " tệp một lần." });
      Array.prototype.forEach.call(files.files, function (file) {
        if (file.size > LARGEST)
          found.push({ id: "tep", words: "Tệp “" + file.name + "” (" + size(file.size) + ") vượt mức 20 MB một tệp; đề nghị giảm dung lượng." });
      });
      return found;
    }

    function list() {
      chosen.textContent = "";
      Array.prototype.forEach.call(files.files, function (file) {
        var over = file.size > LARGEST ? ", vượt mức 20 MB" : "";
        chosen.appendChild(document.createElement("li")).textContent = file.name + " (" + size(file.size) + over + ")";
      });
      chosen.hidden = !files.files.length;
    }

    function under_way(yes) {
      button.disabled = yes;
      shown.hidden = !yes;
      window.onbeforeunload = yes ? function () { return true; } : null;
    }

    function failed(words) {
      under_way(false);
      tell("Chưa gửi được", words);
    }

    function send(event) {
      event.preventDefault();
      var found = missing();
      if (found.length) return tell("Nội dung cần bổ sung", found);
      hush();
      bar.value = 0;
      percent.textContent = "";
      var request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.upload.onprogress = function (progress) {
        if (!progress.lengthComputable) return;
        bar.value = Math.floor((100 * progress.loaded) / progress.total);
        var tenth = 10 * Math.floor(bar.value / 10);
        var words = tenth < 100 ? tenth + "%" : "Đã chuyển xong, đang kiểm tra";
        if (percent.textContent !== words) percent.textContent = words;
      };
      request.onload = function () {
        if (request.status !== 200 || request.responseURL.indexOf("lan=") < 0)
          return failed(refusal(request.status, request.responseText));
        window.onbeforeunload = null;
        window.location.assign(request.responseURL);
      };
      request.onerror = function () {
        failed([{ words: CUT }]);
      };
      under_way(true);
      request.send(new FormData(form));
    }

    form.noValidate = true;
    files.addEventListener("change", list);
    form.addEventListener("submit", send);
    window.addEventListener("pageshow", list);
  }

  function drafting(form) {
    var saved = document.getElementById("da-luu");
    var waiting = 0;
    var changed = false;
    var sure = false;
    var pressed = null;

    function save() {
      window.clearTimeout(waiting);
      changed = false;
      return window.fetch(form.action, { method: "POST", body: new FormData(form) }).then(function (answer) {
        return answer.text().then(function (text) {
          var page = new DOMParser().parseFromString(text, "text/html");
          var version = page.querySelector("[name=ban]");
          if (version) form.ban.value = version.value;
          if (!answer.ok) throw refusal(answer.status, text);
          var told = document.getElementById("can-bo-sung");
          if (told && told.dataset.told) hush();
          saved.textContent = page.getElementById("da-luu").textContent;
        });
      });
    }

    function failed(reason, quietly) {
      tell("Chưa lưu được", Array.isArray(reason) ? reason : [{ words: CUT }], quietly);
      later();
    }

    function now() {
      save().catch(function (reason) { failed(reason, true); });
    }

    function later() {
      changed = true;
      window.clearTimeout(waiting);
      waiting = window.setTimeout(now, SAVED_AFTER);
    }

    function press(down) {
      if (pressed) pressed.disabled = down;
    }

    // First saved where the page stays if that fails; only then sent off by the button that was pressed.
    function submit(event) {
      if (sure) return;
      event.preventDefault();
      pressed = event.submitter;
      press(true);
      save()
        .then(function () {
          press(false);
          sure = true;
          form.requestSubmit(pressed);
          sure = false;
          press(true);
        })
        .catch(function (reason) {
          press(false);
          failed(reason, false);
        });
    }

    form.addEventListener("input", later);
    form.addEventListener("submit", submit);
    window.addEventListener("pageshow", function () { press(false); });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden" && changed) now();
    });
  }

  // How many of the fields that must be filled in say nothing yet: of the whole form, and beside each part of it.
  function counting(form) {
    function isOpen(field) {
      var value = field.value.trim();
      var code = field.name.slice(2);
      var unknown = form.elements["k_" + code];
      var why = form.elements["e_" + code];
      if (/^(chưa có|-$)/i.test(value) || (!value && unknown && unknown.checked)) return !(why && why.value.trim());
      return !value;
    }
    function count(within) {
      return Array.prototype.filter.call(within.querySelectorAll("[aria-required=true][name^=v_], [aria-required=true][name^=t_]"), isOpen).length;
    }
    function show() {
      var left = count(form);
      document.getElementById("con-lai").textContent = left ? "Còn " + left + " mục bắt buộc chưa ghi." : "Đã ghi đủ các mục bắt buộc.";
      Array.prototype.forEach.call(form.querySelectorAll("details.part"), function (part) {
        var here = count(part);
        part.querySelector(".left").textContent = here ? "còn " + here + " mục bắt buộc" : "";
      });
    }
    form.addEventListener("input", show);
    form.addEventListener("change", show);
    show();
  }

  var upload = document.getElementById("bieu-gui");
  var report = document.getElementById("bieu");
  if (upload && window.FormData && window.XMLHttpRequest) uploading(upload);
  if (report) counting(report);
  if (report && window.fetch && report.requestSubmit) drafting(report);
})();
