import { shallowRef } from 'vue'
import { isArchive, type ChosenFile } from './chosenFiles'

/** Files that the page offers to recognize as a batch; null if there is no offer. */
export const offer = shallowRef<ChosenFile[] | null>(null)

/** Files that the user decided to recognize as a batch; the form of a new batch takes them. */
export const accepted = shallowRef<ChosenFile[]>([])

/** Offers a batch if the files are better recognized as one: several of them, a folder or an archive. */
export function offerBatch(files: ChosenFile[], hasFolder = false): void {
  const suits = files.length > 1 || hasFolder || files.some(({ file }) => isArchive(file.name))
  offer.value = suits && files.length > 0 ? files : null
}

export function acceptOffer(): void {
  accepted.value = [...accepted.value, ...(offer.value ?? [])]
  offer.value = null
}
