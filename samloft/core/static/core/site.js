// The little that Samløft adds to htmx and the browser. Every page works without it.
(() => {
  "use strict";

  const say = (text, tone) => {
    const region = document.getElementById("messages");
    if (!region) return;
    const box = document.createElement("div");
    box.className = "ds-alert";
    box.dataset.color = tone;
    const body = document.createElement("div");
    body.className = "alert-body";
    body.textContent = text;
    box.append(body);
    region.replaceChildren(box);
    region.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
  });

  // A refused request leaves the page and what was typed as it is, and tells why.
  document.addEventListener("htmx:responseError", (event) => {
    const answer = event.detail.xhr;
    const plain = !(answer.getResponseHeader("Content-Type") || "").startsWith("text/html");
    const text = answer.responseText.trim();
    const told = answer.status === 401 || (plain && text && text.length < 500);
    say(told ? text : document.body.dataset.failed, answer.status === 401 ? "warning" : "danger");
  });
  document.addEventListener("htmx:sendError", () => say(document.body.dataset.offline, "danger"));

  // What was swapped in and wants attention gets the focus, as it would after a full page load.
  document.addEventListener("htmx:afterSettle", () => {
    const summary = document.querySelector(".ds-error-summary");
    if (summary) summary.focus();
  });

  // On a narrow screen the tabs run out at the side; the one in use is always seen whole.
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.closest("ul");
    const box = row.scrollWidth > row.clientWidth ? row : tab.closest(".tabs");
    box.scrollLeft += tab.getBoundingClientRect().right - box.getBoundingClientRect().right + 24;
  }

  const uploadOf = (event) => {
    const form = event.target.closest?.("form.upload");
    return form && { form, box: form.querySelector(".upload-progress") };
  };
  document.addEventListener("htmx:xhr:loadstart", (event) => {
    const upload = uploadOf(event);
    if (upload) upload.box.hidden = false;
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const upload = uploadOf(event);
    if (!upload || !event.detail.lengthComputable) return;
    const bar = upload.box.querySelector("progress");
    const words = upload.box.querySelector("[role=status]");
    const share = Math.round((100 * event.detail.loaded) / event.detail.total);
    if (share < 100) {
      bar.value = share;
      words.textContent = `${upload.form.dataset.progress}: ${share} %`;
    } else {
      bar.removeAttribute("value");
      words.textContent = upload.form.dataset.working;
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const upload = uploadOf(event);
    if (upload) upload.box.hidden = true;
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens);
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();
