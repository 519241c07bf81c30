/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * HTML reports in headless Chromium: `node page.js <chromium> <report.html>...`. axe-core and puppeteer-core come from
 * $KEUR_NODE (a node_modules folder). Each report is looked at in both languages: no violations of axe-core (WCAG 2.2 A
 * and AA, and its best practices), nothing asked from elsewhere, nothing executed but the report's own script, usable by
 * keyboard alone, no scrolling sideways at 320 pixels, whole without script. Prints what is wrong; exit 1 when anything is.
 */
"use strict";
const fs = require("fs"), path = require("path");
const modules = process.env.KEUR_NODE || "node_modules";
const puppeteer = require(path.resolve(modules, "puppeteer-core"));
const axe = fs.readFileSync(path.resolve(modules, "axe-core/axe.min.js"), "utf8");
const [chromium, ...reports] = process.argv.slice(2);
const shots = process.env.KEUR_SHOTS;
let failed = 0, checks = 0;

function check(good, report, what) {
	checks++;
	if (good) return;
	failed++;
	console.log(`${path.basename(report)}: ${what}`);
}

async function open(browser, report, script = true) {
	const page = await browser.newPage();
	page.asked = [];
	page.complaints = [];
	page.on("request", request => page.asked.push(request.url()));
	page.on("dialog", dialog => { page.complaints.push("dialog: " + dialog.message()); dialog.dismiss(); });
	page.on("pageerror", error => page.complaints.push("error: " + error.message));
	page.on("console", message => message.type() === "error" && page.complaints.push("console: " + message.text()));
	await page.setJavaScriptEnabled(script);
	await page.setViewport({width: 1280, height: 900});
	await page.goto("file://" + path.resolve(report));
	return page;
}

/* The page's policy stands in the way of axe too, so it is injected where policies do not count. */
async function violations(page) {
	const client = await page.createCDPSession();
	await client.send("Page.enable");
	const {frameTree} = await client.send("Page.getFrameTree");
	const world = await client.send("Page.createIsolatedWorld", {frameId: frameTree.frame.id, worldName: "axe"});
	const run = expression => client.send("Runtime.evaluate",
		{expression, contextId: world.executionContextId, awaitPromise: true, returnByValue: true});
	await run(axe);
	const found = await run(`document.querySelectorAll("details").forEach(d => { d.open = true; });
		axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r =>
			r.violations.map(v => v.id + ": " + v.nodes.slice(0, 2).map(n => n.html.slice(0, 120) + " " +
				n.failureSummary.split("\\n")[1]).join(" | ")))`);
	if (found.exceptionDetails) return [JSON.stringify(found.exceptionDetails).slice(0, 300)];
	return found.result.value;
}

async function testLanguages(browser, report) {
	for (const lang of ["nl", "en"]) {
		const page = await open(browser, report);
		await page.click("#language-" + lang);
		const other = lang === "nl" ? "en" : "nl";
		const seen = await page.$$eval(`main [lang=${other}]`, all => all.filter(e => e.getClientRects().length).length);
		check(seen === 0, report, `${lang}: ${seen} texts of the other language are shown`);
		check(await page.evaluate(() => document.documentElement.lang) === lang, report, `${lang}: html lang`);
		for (const wrong of await violations(page)) check(false, report, `${lang}: axe: ${wrong}`);
		await page.setViewport({width: 320, height: 640});
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		check(wide <= 320, report, `${lang}: ${wide} pixels wide at 320`);
		for (const wrong of await violations(page)) check(false, report, `${lang}, 320 pixels: axe: ${wrong}`);
		check(page.asked.length === 1, report, `${lang}: asked for ${page.asked.slice(1, 4)}`);
		check(!page.complaints.length, report, `${lang}: ${page.complaints.slice(0, 3)}`);
		check(await page.evaluate(() => typeof window.executed === "undefined"), report, `${lang}: a script of the vendor ran`);
		await page.close();
	}
}

/* With the keyboard alone: the skip link first, then language, search, a filter, a requirement opened and closed. */
async function testKeyboard(browser, report) {
	const page = await open(browser, report);
	const at = () => page.evaluate(() => {
		const e = document.activeElement;
		return e.id || e.className || e.tagName;
	});
	const outlined = () => page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== "none");
	await page.keyboard.press("Tab");
	check((await at()).includes("skip-link"), report, `keyboard: first comes ${await at()}`);
	await page.keyboard.press("Tab");
	const before = await at();
	check(before.startsWith("language-"), report, `keyboard: then ${before}`);
	check(await outlined(), report, "keyboard: focus is not seen on the language");
	await page.keyboard.press("ArrowRight");
	check(await at() !== before, report, "keyboard: the language does not change");
	const reached = new Set();
	for (let i = 0; i < 200 && !reached.has("SUMMARY"); i++) {
		await page.keyboard.press("Tab");
		reached.add(await at());
		if (!await outlined()) check(false, report, `keyboard: focus is not seen on ${await at()}`);
	}
	for (const id of ["search", "show-fail", "open-all", "close-all", "SUMMARY"])
		check(reached.has(id), report, `keyboard: ${id} is not reached`);
	const was = await page.evaluate(() => document.activeElement.parentElement.open);
	await page.keyboard.press("Enter");
	check(await page.evaluate(() => document.activeElement.parentElement.open) !== was, report, "keyboard: Enter opens nothing");
	await page.close();
}

async function testFilter(browser, report) {
	const page = await open(browser, report);
	const shown = () => page.$$eval(".keur-requirement", all => all.filter(e => !e.hidden).length);
	const all = await shown();
	await page.type("#search", "zzzz-nothing-has-this");
	await new Promise(done => setTimeout(done, 400));
	check(await shown() === 0, report, "search: something is found for nonsense");
	await page.$eval("#search", e => { e.value = ""; e.dispatchEvent(new Event("input")); });
	await new Promise(done => setTimeout(done, 400));
	check(await shown() === all, report, "search: not everything comes back");
	await page.click("#show-fail");
	const failing = await page.$$eval(".keur-requirement[data-outcome=fail]", found => found.filter(e => !e.hidden).length);
	check(failing === 0, report, "filter: failures are still shown");
	await page.close();
}

async function testWithoutScript(browser, report) {
	const page = await open(browser, report, false);
	const client = await page.createCDPSession();
	await client.send("DOM.enable");
	const seen = async selector => {
		const {root} = await client.send("DOM.getDocument");
		const {nodeId} = await client.send("DOM.querySelector", {nodeId: root.nodeId, selector});
		return nodeId ? client.send("DOM.getBoxModel", {nodeId}).then(() => true, () => false) : null;
	};
	check(await seen("#filter") === false, report, "without script: the filter is shown, and does nothing");
	for (const [chosen, hidden] of [["en", "nl"], ["nl", "en"]]) {
		await page.click("#language-" + chosen);
		check(await seen(`h2 > [lang=${chosen}]`) === true, report, `without script: ${chosen} is not shown`);
		check(await seen(`h2 > [lang=${hidden}]`) === false, report, `without script: ${hidden} is shown`);
	}
	await page.close();
}

/* The register: search finds and finds nothing, statuses filter, and all of it is there without script. */
async function testRegister(browser, report) {
	const page = await open(browser, report);
	const shown = () => page.$$eval("[data-status]", all => all.filter(e => e.getClientRects().length).length);
	const all = await shown();
	check(all > 0, report, "register: no service is shown");
	await page.type("#search", "zzzz-nothing-has-this");
	await new Promise(done => setTimeout(done, 400));
	check(await shown() === 0, report, "register: something is found for nonsense");
	await page.$eval("#search", e => { e.value = ""; e.dispatchEvent(new Event("input")); });
	await new Promise(done => setTimeout(done, 400));
	check(await shown() === all, report, "register: not everything comes back");
	await page.click("#show-valid");
	check(await page.$$eval("[data-status=valid]", found => found.every(e => e.hidden)), report, "register: valid ones stay");
	await page.setViewport({width: 320, height: 640});
	check(await shown() < all, report, "register: what is filtered is shown at 320 pixels");
	await page.close();
	const still = await open(browser, report, false);
	const client = await still.createCDPSession();
	await client.send("DOM.enable");
	const {root} = await client.send("DOM.getDocument");
	for (const [selector, wanted] of [["#filter", false], ["[data-status]", true], ["#vendors", true]]) {
		const {nodeId} = await client.send("DOM.querySelector", {nodeId: root.nodeId, selector});
		const seen = nodeId !== 0 && await client.send("DOM.getBoxModel", {nodeId}).then(() => true, () => false);
		check(seen === wanted, report, `register without script: ${selector} shown: ${seen}`);
	}
	await still.close();
}

async function takeShots(browser, report) {
	const name = path.join(shots, path.basename(report, ".html"));
	const page = await open(browser, report);
	await page.screenshot({path: name + "-desktop.png"});
	await page.screenshot({path: name + "-whole.png", fullPage: true});
	await page.setViewport({width: 320, height: 900});
	await page.screenshot({path: name + "-320.png", fullPage: true});
	await page.pdf({path: name + ".pdf", format: "A4", preferCSSPageSize: true});
	await page.close();
}

(async () => {
	const browser = await puppeteer.launch({executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"]});
	for (const report of reports) {
		await testLanguages(browser, report);
		/* Pages on rule sets and certificates are text: there is nothing to search, filter or open. */
		const folder = path.basename(path.dirname(report));
		if (folder === "register") {
			await testRegister(browser, report);
		} else if (!folder.startsWith("rules") && !report.includes("/register/certificates/")) {
			await testKeyboard(browser, report);
			await testFilter(browser, report);
			await testWithoutScript(browser, report);
		}
		if (shots) await takeShots(browser, report);
	}
	await browser.close();
	console.log(`browser: ${checks - failed} of ${checks} checks on ${reports.length} reports as expected`);
	process.exit(failed ? 1 : 0);
})().catch(error => { console.log("browser: " + error.stack); process.exit(2); });
