/* SPDX-License-Identifier: EUPL-1.2 */
"use strict";
/* Search and filter in the HTML report, and its language in what cannot hold two. The page is whole without this. */
(() => {
	const $ = id => document.getElementById(id);
	const page = document.documentElement, form = $("filter"), search = $("search"), count = $("count");
	const requirements = Array.from(document.querySelectorAll(".keur-requirement"));
	const boxes = form ? Array.from(form.querySelectorAll("input[type=checkbox]")) : [];
	const texts = new Map();
	const kinds = {error: "undecided", inconclusive: "undecided"};

	/* Made when it is asked for: a large report has much of it. */
	function textOf(requirement) {
		if (!texts.has(requirement)) texts.set(requirement, requirement.textContent.toLowerCase());
		return texts.get(requirement);
	}

	function filter() {
		const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
		const shown = new Set(boxes.filter(box => box.checked).map(box => box.value));
		let number = 0;
		for (const requirement of requirements) {
			const outcome = requirement.dataset.outcome;
			const fits = shown.has(kinds[outcome] || outcome) && words.every(word => textOf(requirement).includes(word));
			requirement.hidden = !fits;
			number += fits;
		}
		count.textContent = number + " / " + requirements.length;
	}

	function setOpen(open) {
		for (const requirement of requirements) if (!requirement.hidden) requirement.open = open;
	}

	/* What a link leads to is shown, whatever is filtered and closed. */
	function follow() {
		const target = location.hash && $(decodeURIComponent(location.hash.slice(1)));
		for (let at = target; at; at = at.parentElement) {
			if (at.tagName === "DETAILS") at.open = true;
			if (at.classList.contains("keur-requirement")) at.hidden = false;
		}
		if (target) target.scrollIntoView();
	}

	function speak() {
		const chosen = document.querySelector("input[name=language]:checked");
		if (!chosen) return;
		page.lang = chosen.value;
		document.title = chosen.value === "nl" ? page.dataset.titleNl : page.dataset.titleEn;
	}

	let waiting = 0;
	/* Pages that are no report have nothing to filter. */
	function startFilter() {
		search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 150); });
		for (const box of boxes) box.addEventListener("change", filter);
		form.addEventListener("submit", event => { event.preventDefault(); filter(); });
		$("open-all").addEventListener("click", () => setOpen(true));
		$("close-all").addEventListener("click", () => setOpen(false));
		form.hidden = false;
		filter();
	}

	if (form) startFilter();
	for (const choice of document.querySelectorAll("input[name=language]")) choice.addEventListener("change", speak);
	addEventListener("hashchange", follow);
	speak();
	follow();
})();
