import type { ChosenFile } from '@/files/chosenFiles'

const maxFiles = 50
const maxBytes = 32 << 20

/** Divides files into groups for one request each: at most 50 files and 32 MB; a larger file is a group by itself. */
export function toGroups(files: ChosenFile[]): ChosenFile[][] {
  const groups: ChosenFile[][] = []
  let bytes = 0
  for (const one of files) {
    const last = groups.at(-1)
    if (last && last.length < maxFiles && bytes + one.file.size <= maxBytes) {
      last.push(one)
      bytes += one.file.size
    } else {
      groups.push([one])
      bytes = one.file.size
    }
  }
  return groups
}

export const halves = (group: ChosenFile[]): ChosenFile[][] => {
  const middle = Math.ceil(group.length / 2)
  return [group.slice(0, middle), group.slice(middle)]
}

export const sizeOf = (files: ChosenFile[]) => files.reduce((sum, { file }) => sum + file.size, 0)
