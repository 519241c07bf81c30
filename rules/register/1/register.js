/* SPDX-License-Identifier: EUPL-1.2 */
"use strict";
/* Search in the register, and its language in what cannot hold two. The page is whole without this. */
(() => {
	const $ = id => document.getElementById(id);
	const page = document.documentElement, form = $("filter"), search = $("search"), count = $("count");
	const entries = Array.from(document.querySelectorAll("[data-status]"));
	const boxes = form ? Array.from(form.querySelectorAll("input[type=checkbox]")) : [];
	const texts = new Map();
	let waiting = 0;

	/* Made when it is asked for: a large register has much of it. */
	function textOf(entry) {
		if (!texts.has(entry)) texts.set(entry, entry.textContent.toLowerCase());
		return texts.get(entry);
	}

	function filter() {
		const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
		const shown = new Set(boxes.filter(box => box.checked).map(box => box.value));
		let number = 0;
		for (const entry of entries) {
			const fits = shown.has(entry.dataset.status) && words.every(word => textOf(entry).includes(word));
			entry.hidden = !fits;
			number += fits;
		}
		count.textContent = number + " / " + entries.length;
	}

	function speak() {
		const chosen = document.querySelector("input[name=language]:checked");
		if (!chosen) return;
		page.lang = chosen.value;
		document.title = chosen.value === "nl" ? page.dataset.titleNl : page.dataset.titleEn;
	}

	if (form) {
		search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 150); });
		for (const box of boxes) box.addEventListener("change", filter);
		form.addEventListener("submit", event => { event.preventDefault(); filter(); });
		form.hidden = false;
		filter();
	}
	for (const choice of document.querySelectorAll("input[name=language]")) choice.addEventListener("change", speak);
	speak();
})();
