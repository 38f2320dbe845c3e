import { expect, test } from 'vitest'
import { usablePorts } from './ports.ts'
import { kernelRange, variantOf } from './variant.ts'

test.each([
  ['the kernel’s own range', kernelRange, '', 28_232],
  ['a short one', '61000\t61031\n', '\n', 32],
  ['one with a word behind it', '61000 61031 # for us', '', 32],
  ['a range without its reserved ports', '32768 60999', '32768-60969', 30],
  [
    'with a gap, single ports and ports outside of it',
    '50000 50099',
    '80,8080,49990-50009,50050,50090-50200',
    79,
  ],
  ['ports reserved twice', '50000 50009', '50000-50004,50003-50007', 2],
  ['all of them reserved', '50000 50009', '1-65535', 0],
])('%s', (_, range, reserved, ports) => expect(usablePorts(range, reserved)).toBe(ports))

test('what cannot be read is no number', () => {
  expect(usablePorts('', '')).toBeNull()
  expect(usablePorts('32768 60999', 'many')).toBeNull()
})

test('every variant leaves as many ports as it says, and an even number', () => {
  for (let seed = 0; seed < 60; seed++) {
    const { range, reserved, ports } = variantOf(seed)
    expect(usablePorts(range, reserved)).toBe(ports)
    expect(ports % 2).toBe(0)
  }
})
