// The page's scripts as the browser runs them, and the scripts that tests run under node.
import js from '@eslint/js';
import globals from 'globals';

const rules = {
  ...js.configs.recommended.rules,
  eqeqeq: ['error', 'always'],
  'no-constant-binary-expression': 'error',
  'no-duplicate-imports': 'error',
  'no-implicit-globals': 'error',
  'no-self-compare': 'error',
  'no-shadow': 'error',
  'no-template-curly-in-string': 'error',
  'no-unmodified-loop-condition': 'error',
  'no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  'no-use-before-define': ['error', { functions: false, classes: false, variables: false }],
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
};

export default [
  { ignores: ['**/node_modules/', 'runs/', '.venv/'] },
  {
    files: ['sprint_live/web/**/*.js'],
    ignores: ['sprint_live/web/link/link-worker.js'],
    languageOptions: { globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules,
  },
  { files: ['sprint_live/web/link/link-worker.js'], languageOptions: { globals: globals.worker }, rules },
  { files: ['tests/**/*.mjs', 'eslint.config.mjs'], languageOptions: { globals: globals.node }, rules },
];
