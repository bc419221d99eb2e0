// What a browser adds when it may run scripts: the chosen files, their size said before they travel, and progress.
// Without it the form works all the same.
(function () {
  "use strict";
  var LARGEST = 20 * 1024 * 1024;
  var form = document.getElementById("bieu-gui");
  if (!form || !window.FormData || !window.XMLHttpRequest) return;
  var files = document.getElementById("tep");
  var chosen = document.getElementById("da-chon");
  var shown = document.getElementById("tien-do");
  var bar = document.getElementById("thanh");
  var percent = document.getElementById("phan-tram");
  var button = form.querySelector("button");

  function size(bytes) {
    return bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " KB" : (bytes / 1048576).toFixed(1).replace(".", ",") + " MB";
  }

  function list() {
    chosen.textContent = "";
    var large = "";
    Array.prototype.forEach.call(files.files, function (file) {
      var item = document.createElement("li");
      item.textContent = file.name + " (" + size(file.size) + ")";
      chosen.appendChild(item);
      if (file.size > LARGEST) large = file.name;
    });
    chosen.hidden = !files.files.length;
    files.setCustomValidity(large ? "Tệp “" + large + "” lớn hơn 20 MB; đề nghị giảm dung lượng." : "");
  }

  function ready() {
    button.disabled = false;
    shown.hidden = true;
  }

  function send(event) {
    if (!form.checkValidity()) return;
    event.preventDefault();
    var request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.onprogress = function (progress) {
      if (!progress.lengthComputable) return;
      bar.value = Math.round((100 * progress.loaded) / progress.total);
      percent.textContent = bar.value < 100 ? bar.value + "%" : "Đã chuyển xong, đang kiểm tra";
    };
    request.onload = function () {
      if (request.status === 200 && request.responseURL.indexOf("lan=") > 0) {
        window.location.assign(request.responseURL);
        return;
      }
      var answer = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("[role=alert]");
      ready();
      window.alert(answer ? answer.textContent.trim() : "Chưa gửi được; đề nghị gửi lại sau ít phút.");
    };
    request.onerror = function () {
      ready();
      window.alert("Chưa gửi được do đường truyền; đề nghị gửi lại.");
    };
    button.disabled = true;
    shown.hidden = false;
    request.send(new FormData(form));
  }

  files.addEventListener("change", list);
  form.addEventListener("submit", send);
})();
