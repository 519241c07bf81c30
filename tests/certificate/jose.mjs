/* SPDX-License-Identifier: EUPL-1.2 */
// Another maker of signatures: `jose.mjs verify FILE CHAIN.pem`, `jose.mjs sign FILE KEY.pem` (the same header and payload, signed
// again in place). jose comes from npm, in $KEUR_NODE.
import { createRequire } from 'node:module'
import { readFileSync, writeFileSync } from 'node:fs'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { pathToFileURL } from 'node:url'

const require = createRequire(process.env.KEUR_NODE + '/')
const jose = await import(pathToFileURL(require.resolve('jose')))
const [what, file, pem] = process.argv.slice(2)
const text = readFileSync(file, 'utf8').trimEnd()
const header = jose.decodeProtectedHeader(text)
if (what === 'verify') {
  const signer = new X509Certificate(readFileSync(pem))
  const { payload } = await jose.compactVerify(text, signer.publicKey, { algorithms: [header.alg] })
  JSON.parse(new TextDecoder().decode(payload))
  if (Buffer.from(header.x5c[0], 'base64').compare(signer.raw) !== 0) throw new Error('x5c is not the signer')
} else {
  const payload = Buffer.from(text.split('.')[1], 'base64url')
  const key = createPrivateKey(readFileSync(pem))
  writeFileSync(file, await new jose.CompactSign(payload).setProtectedHeader(header).sign(key) + '\n')
}
