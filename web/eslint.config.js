import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'

export default ts.config(
  { ignores: ['dist/', 'src/api/generated/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs['flat/essential'],
  {
    files: ['**/*.ts', '**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser, projectService: true, extraFileExtensions: ['.vue'] } },
    rules: {
      // The compiler checks names, with the browser's types.
      'no-undef': 'off',
      // Arrays of measured values are indexed within bounds; noUncheckedIndexedAccess needs the "!".
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A rejected promise that nothing handles would fail in silence.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // The order reads as: condition, effect; the value counts.
      '@typescript-eslint/no-unused-expressions': ['error', { allowShortCircuit: true, allowTernary: true }],
      eqeqeq: ['error', 'smart'],
      // The page must not insert markup that the server or a file name provides.
      'vue/no-v-html': 'error',
      'vue/no-unused-refs': 'error',
      'vue/no-undef-components': 'error',
      // Components of one folder have short names where the folder says the rest.
      'vue/multi-word-component-names': 'off',
    },
  },
  { files: ['**/*.vue'], rules: { 'vue/max-len': ['error', { code: 140, template: 140 }] } },
  { files: ['**/*.ts', '**/*.js'], rules: { 'max-len': ['error', { code: 140 }] } },
  { files: ['*.js', '*.ts'], languageOptions: { globals: { URL: 'readonly' } } },
  {
    files: ['src/live/capture.worklet.js'],
    languageOptions: { globals: { AudioWorkletProcessor: 'readonly', registerProcessor: 'readonly', sampleRate: 'readonly' } },
  },
)
