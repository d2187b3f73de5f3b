/** A file that the user dropped or chose, with its path relative to the dropped or chosen folder. */
export interface ChosenFile {
  file: File
  path: string
}

/** Why a file is not sent. */
export type LeftOutReason = 'hidden' | 'noRecording' | 'empty' | 'tooLarge'

export interface LeftOut {
  path: string
  reason: LeftOutReason
}

/** What the user dropped: the files, and whether folders were among it. */
export interface Dropped {
  files: ChosenFile[]
  hasFolder: boolean
}

export const isArchive = (name: string) => /\.(zip|tar|tar\.gz|tgz|tar\.zst|tzst)$/i.test(name)

/** Files of a file input, also of one that chooses a folder. */
export const filesOf = (input: HTMLInputElement): ChosenFile[] =>
  [...(input.files ?? [])].map(file => ({ file, path: file.webkitRelativePath || file.name }))

/**
 * Reads what was dropped, folders with all that is in them, except hidden folders. Call it inside the event: the browser
 * empties the transfer afterwards.
 */
export async function readDropped(transfer: DataTransfer): Promise<Dropped> {
  const plain = [...transfer.files].map(file => ({ file, path: file.name }))
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.() ?? null)
  const folders = entries.filter(entry => entry !== null).filter(isFolder)
  if (folders.length === 0) return { files: plain, hasFolder: false }
  const files: ChosenFile[] = []
  for (const entry of entries) if (entry) await walk(entry, files)
  return { files, hasFolder: true }
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** Reads an entry and everything below it; a file that cannot be read is left out. */
async function walk(top: FileSystemEntry, files: ChosenFile[]): Promise<void> {
  const waiting = [top]
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    if (isFolder(entry)) {
      if (!isHidden(entry.name)) waiting.push(...(await childrenOf(entry)).reverse())
      continue
    }
    const file = await fileOf(entry as FileSystemFileEntry)
    if (file) files.push({ file, path: entry.fullPath.replace(/^\//, '') })
  }
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    // A reader gives at most 100 entries at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>(resolve => reader.readEntries(resolve, () => resolve([])))
    if (some.length === 0) return all
    all.push(...some)
  }
}

const fileOf = (entry: FileSystemFileEntry) => new Promise<File | null>(resolve => entry.file(resolve, () => resolve(null)))

/** Separates the files to send from those that the server would refuse or that are certainly no recordings. */
export function sift(chosen: ChosenFile[], maxBytes: number | null): { files: ChosenFile[]; leftOut: LeftOut[] } {
  const files: ChosenFile[] = []
  const leftOut: LeftOut[] = []
  for (const one of chosen) {
    const reason = reasonToLeaveOut(one, maxBytes)
    if (reason) leftOut.push({ path: one.path, reason })
    else files.push(one)
  }
  return { files, leftOut }
}

function reasonToLeaveOut({ file, path }: ChosenFile, maxBytes: number | null): LeftOutReason | null {
  if (path.split('/').some(isHidden)) return 'hidden'
  // The browser knows these types by the extension; recordings have other ones or none.
  if (/^(image|text|font)\/|^application\/(json|pdf|xml)$/.test(file.type)) return 'noRecording'
  if (file.size === 0) return 'empty'
  return maxBytes !== null && file.size > maxBytes ? 'tooLarge' : null
}

const isHidden = (name: string) => name.startsWith('.') || ['__MACOSX', 'Thumbs.db', 'desktop.ini'].includes(name)
