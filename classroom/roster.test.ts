import { expect, test } from 'vitest'
import { parseRoster, rosterLimits } from './roster.ts'
import { planRoster } from './roster-plan.ts'

const read = (text: string) => parseRoster(new TextEncoder().encode(text))
const told = (text: string) => read(text).problems.map(({ line, code, what }) => `${line} ${code} ${what}`)

test('what spreadsheets save is read: BOM, semicolons, tabs, quotes, CRLF, columns in any order, empty lines', () => {
  const expected = [
    { line: 2, name: 'Grace Hopper', login: 'grace@navy.mil', role: 'learner' },
    { line: 4, name: 'Lovelace, Ada', login: 'ada', role: 'assistant' },
  ]
  const files = [
    '\ufeffname,login,role\r\nGrace  Hopper,Grace@Navy.mil,\r\n\r\n"Lovelace, Ada",ada,Assistant\r\n',
    'Login;Role;Name\ngrace@navy.mil;learner; Grace Hopper \n;;\nada;assistant;Lovelace, Ada',
    'name\tlogin\trole\nGrace Hopper\tgrace@navy.mil\n\nLovelace, Ada\tada\tassistant\n',
  ]
  for (const file of files) expect(read(file)).toEqual({ entries: expected, problems: [] })
})

test('a file that cannot be read says at which line and why', () => {
  expect(told('')).toEqual(['1 empty '])
  expect(told('Grace,grace\n')).toEqual([
    '1 no-header name, login',
    '1 unknown-column Grace',
    '1 unknown-column grace',
  ])
  expect(told('name,login,name,age\n')).toEqual(['1 double-column name', '1 unknown-column age'])
  expect(told('name,login\n"Grace,grace\nAda,ada\n')).toMatchObject([
    expect.stringMatching(/^\d bad-csv Quote/),
  ])
  const latin = Uint8Array.from([...new TextEncoder().encode('name,login\nAda,ada\nJ'), 0xf6, 0x72, 0x67, 10])
  expect(parseRoster(latin).problems).toEqual([{ line: 3, code: 'not-utf8', what: '' }])
  const utf16 = Uint8Array.from([0xff, 0xfe, 0x6e, 0])
  expect(parseRoster(utf16).problems).toMatchObject([{ code: 'not-utf8' }])
  expect(parseRoster(new Uint8Array(rosterLimits.bytes + 1)).problems).toMatchObject([{ code: 'too-large' }])
})

test('five hundred lines with every kind of error: each is told with its line, and nothing of the rest is lost', () => {
  const wrong: Record<number, [string, string]> = {
    17: [',grace17', 'no-name grace17'],
    40: ['Nobody,', 'no-login Nobody'],
    41: [`${'x'.repeat(81)},long41`, `bad-name ${'x'.repeat(60)}`],
    99: ['Bell\u0007,bell', 'bad-name Bell\u2407'],
    100: ['Nul\0,nul', 'nul Nul\u2400'],
    101: ['Nul,n\0l', 'nul n\u2400l'],
    200: ['Two words,two words', 'bad-login two words'],
    201: [`Long,${'l'.repeat(255)}`, `bad-login ${'l'.repeat(60)}`],
    333: ['Again,LEARNER2', 'double-login learner2 (2)'],
    400: ['Dean,dean,dean', 'bad-role dean'],
    401: ['Many,many,learner,and,more', 'too-many-fields Many · many · learner · and · more'],
    450: ['Evil\u202etxt,evil', 'bad-name Evil\u202etxt'],
  }
  const lines = ['name,login,role']
  for (let line = 2; line <= 501; line++) lines.push(wrong[line]?.[0] ?? `Learner ${line},learner${line},`)
  expect(told(lines.join('\n'))).toEqual(Object.entries(wrong).map(([line, [, says]]) => `${line} ${says}`))
  expect(read(lines.join('\n')).entries).toHaveLength(500 - Object.keys(wrong).length)
})

test('a line with two errors tells both', () => {
  expect(told('name,login,role\n,a b,king\n')).toEqual([
    '2 no-name a b',
    '2 bad-login a b',
    '2 bad-role king',
  ])
})

test('five thousand people are read; one more is too many', () => {
  const people = (count: number) =>
    `name,login\n${Array.from({ length: count }, (_, number) => `P ${number},p${number}`).join('\n')}`
  expect(read(people(5000))).toMatchObject({ problems: [] })
  expect(read(people(5000)).entries).toHaveLength(5000)
  expect(told(people(5001))).toEqual(['5002 too-many-people 5001'])
})

test('against who is here: new ones are added, those of the cohort stay as they are, other people’s logins are a problem', () => {
  const roster = read('name,login,role\nNew,new\nHere,here\nStaff,staff\nTaken,taken\n')
  const plan = planRoster(roster, [
    { login: 'here', role: 'learner' },
    { login: 'staff', role: 'assistant' },
    { login: 'taken', role: null },
  ])
  expect(plan.add.map(({ login }) => login)).toEqual(['new'])
  expect(plan.here.map(({ login }) => login)).toEqual(['here'])
  expect(plan.problems).toEqual([
    { line: 4, code: 'other-role', what: 'assistant' },
    { line: 5, code: 'login-taken', what: 'taken' },
  ])
})
