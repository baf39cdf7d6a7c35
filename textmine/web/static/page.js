// Keys for people who work here all day: "/" goes to the query, "j" and "k" from hit to hit.
"use strict";

const typing = (target) => target.matches("input, select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const query = document.getElementById("q");
    if (query) {
      event.preventDefault();
      query.focus();
      query.select();
    }
  } else if (event.key === "j" || event.key === "k") {
    const links = [...document.querySelectorAll(".hits h3 a, .kwic .from a")];
    const step = event.key === "j" ? 1 : -1;
    const next = links.indexOf(document.activeElement) + step;
    const target = links[Math.max(0, Math.min(links.length - 1, next))];
    if (target) {
      target.focus();
      target.scrollIntoView({ block: "center" });
    }
  }
});

// Another order is another page at once.
document.getElementById("sort")?.addEventListener("change", (event) => event.target.form.submit());
