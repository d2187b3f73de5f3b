import { expect, test } from 'vitest'
import { en } from './en'
import { zh } from './zh'

// The type of the messages cannot check these: they are records with open keys.
test('both languages describe the same models', () =>
  expect(Object.keys(en.modelsPage.about)).toEqual(Object.keys(zh.modelsPage.about)))

test('both languages have advice on the same errors', () =>
  expect(Object.keys(en.modelsPage.advice)).toEqual(Object.keys(zh.modelsPage.advice)))
