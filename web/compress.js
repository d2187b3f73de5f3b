// Writes compressed copies next to the files of the page, so that the server does not compress them per request.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const folder = new URL('dist/', import.meta.url).pathname
const texts = /\.(css|html|js|json|svg|txt|webmanifest)$/
/** Smaller files fit into one packet anyway. */
const minSize = 1024

for (const name of readdirSync(folder, { recursive: true })) {
  const path = join(folder, name)
  if (!texts.test(name)) continue
  const bytes = readFileSync(path)
  if (bytes.length < minSize) continue
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }))
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }))
}
