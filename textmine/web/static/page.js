// Keys for people who work here all day: "/" goes to the query, "j" and "k" from hit to hit.
"use strict";

// On the focused document: "i" includes, "e" excludes, "u" takes back; "x" ticks.
const DECISIONS = { i: "include", e: "exclude", u: "undo" };
const typing = (target) => target.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const query = document.getElementById("q");
    if (query) {
      event.preventDefault();
      query.focus();
      query.select();
    }
  } else if (event.key in DECISIONS) {
    const item = document.activeElement.closest(".hits > li");
    item?.querySelector(`.decide button[value=${DECISIONS[event.key]}]`)?.click();
  } else if (event.key === "x") {
    document.activeElement.closest(".hits > li")?.querySelector("input[type=checkbox]")?.click();
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
