/** Saves a file to the user's downloads. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

/** "call.wav" -> "call" */
export const stemOf = (name: string) => name.replace(/\.[^./]+$/, '')
