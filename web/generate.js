// Generates the types of the HTTP API from its contract. Keeps the file if nothing changed, so that it does not look new.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import openapi, { astToString, COMMENT_HEADER } from 'openapi-typescript'

const contract = new URL('../contracts/openapi.json', import.meta.url)
const target = new URL('src/api/generated/schema.d.ts', import.meta.url)

const types = COMMENT_HEADER + astToString(await openapi(contract))
if (types !== read(target)) {
  mkdirSync(new URL('.', target), { recursive: true })
  writeFileSync(target, types)
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
