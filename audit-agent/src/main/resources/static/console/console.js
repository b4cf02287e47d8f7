// What htmx does not do: keys, and closing the details. The pages work without any of it.
(function () {
  "use strict";

  function rows() {
    return Array.from(document.querySelectorAll("[data-keys] [data-row]"));
  }

  function step(by) {
    const all = rows();
    if (all.length === 0) {
      return false;
    }
    const now = all.indexOf(document.activeElement);
    const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(now + by, 0), all.length - 1);
    all[next].focus();
    return true;
  }

  function closeDetails() {
    const details = document.getElementById("details");
    if (!details || details.childElementCount === 0) {
      return false;
    }
    details.replaceChildren();
    document.querySelectorAll("[data-row][aria-expanded]").forEach(function (row) {
      row.removeAttribute("aria-expanded");
      row.focus();
    });
    return true;
  }

  function isTyping(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "Escape" && (closeDetails() || isTyping(event.target))) {
      event.target.blur && isTyping(event.target) && event.target.blur();
      return;
    }
    if (isTyping(event.target)) {
      return;
    }
    if (event.key === "/") {
      document.getElementById("search").focus();
      event.preventDefault();
    } else if (event.key === "j" || (event.key === "ArrowDown" && event.target.matches("[data-row]"))) {
      step(1) && event.preventDefault();
    } else if (event.key === "k" || (event.key === "ArrowUp" && event.target.matches("[data-row]"))) {
      step(-1) && event.preventDefault();
    }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-close]")) {
      closeDetails();
      return;
    }
    const drawn = event.target.closest("[data-event]");
    if (drawn) {
      const row = document.getElementById("open-" + drawn.getAttribute("data-event"));
      if (row) {
        event.preventDefault();
        row.scrollIntoView({ block: "nearest" });
        row.click();
      }
    }
    const all = event.target.closest("[data-all]");
    if (all) {
      document.querySelectorAll("input[name='" + all.getAttribute("data-all") + "']").forEach(function (box) {
        box.checked = all.checked;
      });
    }
  });

  document.addEventListener("htmx:beforeRequest", function (event) {
    const row = event.target.closest ? event.target.closest("[data-row]") : null;
    if (row) {
      document.querySelectorAll("[data-row][aria-expanded]").forEach(function (other) {
        other.removeAttribute("aria-expanded");
      });
      row.setAttribute("aria-expanded", "true");
    }
  });

  // An address that names an event leads to it, and shows it.
  function openTarget() {
    const id = window.location.hash.slice(1);
    const row = id.startsWith("event-") ? document.getElementById("open-" + id) : null;
    if (row) {
      row.scrollIntoView({ block: "center" });
      row.focus({ preventScroll: true });
    }
  }
  window.addEventListener("hashchange", openTarget);
  openTarget();
})();
