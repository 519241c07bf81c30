/* SPDX-License-Identifier: EUPL-1.2 */
// Verdicts of ajv: `node ajv_verdicts.mjs <folder with node_modules> <file>`. Each line of the file is {"draft", "schema",
// "instances"}; each line of the output is one character for each instance, 1 valid and 0 invalid, or E: no schema.
import fs from 'fs';
import {createRequire} from 'module';

const require = createRequire(process.argv[2] + '/node_modules/');
const kinds = {7: require('ajv').default, 2020: require('ajv/dist/2020').default};
const out = [];
for (const line of fs.readFileSync(process.argv[3], 'utf8').split('\n').filter(Boolean)) {
	const {draft, schema, instances} = JSON.parse(line);
	try {
		const ajv = new kinds[draft]({strict: false, logger: false, validateFormats: false, meta: false,
			validateSchema: false, addUsedSchema: false, inlineRefs: true});
		const validate = ajv.compile(schema);
		out.push(instances.map((instance) => (validate(instance) ? '1' : '0')).join(''));
	} catch (error) {
		out.push('E ' + error.message.replaceAll('\n', ' ').slice(0, 200));
	}
}
fs.writeSync(1, out.join('\n') + '\n');
