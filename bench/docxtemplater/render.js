// Fill one template with many drafts as docxtemplater documents it; print the milliseconds of one document.
// node render.js <node_modules> <template.docx> <drafts.json> <out.docx>
const fs = require("fs");
const path = require("path");
const [modules, template, drafts, out] = process.argv.slice(2);
const PizZip = require(path.join(modules, "pizzip"));
const Docxtemplater = require(path.join(modules, "docxtemplater"));

const content = fs.readFileSync(template);
const data = JSON.parse(fs.readFileSync(drafts, "utf8"));

function fill(draft) {
  const document = new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: true });
  document.render(draft);
  return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
}

for (const draft of data) fill(draft); // warm
const start = process.hrtime.bigint();
let last;
for (const draft of data) last = fill(draft);
const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
fs.writeFileSync(out, last);
console.log(elapsed / data.length);
