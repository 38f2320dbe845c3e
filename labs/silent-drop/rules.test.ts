import { describe, expect, test } from 'vitest'
import { type Range, rangesIn } from '../reading/addresses.ts'
import { isRuleAgainst, rulesAgainst } from './rules.ts'

const [range] = rangesIn('198.19.64.0/19') as [Range]

describe('a rule', () => {
  test.each([
    'ip saddr 198.19.64.0/19 counter packets 3 bytes 180',
    'ip saddr 198.19.64.0/19 log prefix "dropped? "',
    'ip saddr 198.19.64.0/19 meta nftrace set 1',
    'ip saddr 198.19.64.0/19 counter packets 3 bytes 180 comment "who does drop these?"',
    'ip saddr 198.19.64.0/19 tcp dport 80 accept',
    'ip saddr 198.19.64.0/19 limit rate 10/second accept',
    'ip saddr != 198.19.0.0/16 drop',
    'ip saddr != { 198.18.0.0/16, 198.19.0.0/16 } limit rate over 10/second drop',
    'ip saddr vmap { 198.19.0.0/17 : accept, 10.0.0.0/8 : drop }',
    'tcp dport 80 add @seen { ip saddr }',
    'ct state invalid counter packets 0 bytes 0 drop',
    'ip saddr 198.18.29.0/24 drop',
  ])('that lets the range through, or speaks of others, does not stand against it: %s', (rule) => {
    expect(isRuleAgainst(rule, range)).toBe(false)
  })

  test.each([
    'ip saddr 198.19.64.0/19 counter packets 3 bytes 180 drop',
    'ip saddr { 198.18.29.0/24, 198.19.80.0/20 } reject with icmp port-unreachable',
    'ct state new ip saddr 198.19.0.0/17 drop',
    'ip saddr 198.19.64.0-198.19.95.255 limit rate over 10/second drop',
    'ip saddr 198.19.64.0/19 jump abusers',
    'ip saddr 198.19.64.0/19 goto abusers',
    'ip saddr 198.19.64.0/19 queue to 0',
    'ip saddr 198.19.64.0/19 notrack',
    'ip saddr vmap { 10.0.0.0/8 : accept, 198.19.64.0/19 : drop }',
    'ip saddr . tcp dport { 198.19.64.0/19 . 80 } drop',
    'ip daddr 198.19.64.0/19 drop',
  ])('that ends its packets, or hands them to somebody who may, does: %s', (rule) => {
    expect(isRuleAgainst(rule, range)).toBe(true)
  })
})

describe('a set or a map', () => {
  const listing = (block: string, rule: string) =>
    `table ip other {\n\tset s {\n\t\telements = { 198.19.64.0/19 }\n\t}\n}\n` +
    `table inet filter {\n${block}\n\tchain input {\n\t\ttype filter hook input priority filter; policy drop;\n\t\t${rule}\n\t}\n}\n`
  // As nft breaks a list that is long.
  const set = `\tset s {\n\t\ttype ipv4_addr\n\t\tflags interval\n\t\telements = { 198.18.29.0/24, 10.0.0.0/8,\n\t\t\t     198.19.64.0/19 }\n\t}`
  const map = (verdict: string) =>
    `\tmap m {\n\t\ttype ipv4_addr : verdict\n\t\tflags interval\n\t\telements = { 10.0.0.0/8 : drop, 198.19.64.0/19 : ${verdict} }\n\t}`

  test('that names the range stands against it in a rule that drops whom it names', () => {
    expect(rulesAgainst(listing(set, 'ip saddr @s counter packets 1 bytes 60 drop'), range)).toEqual([
      'ip saddr { 198.18.29.0/24, 10.0.0.0/8, 198.19.64.0/19 } counter packets 1 bytes 60 drop',
    ])
    expect(rulesAgainst(listing(map('drop'), 'ip saddr vmap @m'), range)).toHaveLength(1)
  })

  test('does not where a rule accepts or counts whom it names, only writes it down, or where no rule asks', () => {
    expect(rulesAgainst(listing(set, 'ip saddr @s tcp dport 80 accept'), range)).toEqual([])
    expect(rulesAgainst(listing(set, 'ip saddr @s counter packets 1 bytes 60'), range)).toEqual([])
    expect(rulesAgainst(listing(set, 'add @s { ip saddr limit rate over 90/second } drop'), range)).toEqual(
      [],
    )
    expect(rulesAgainst(listing(set, 'tcp dport 80 accept'), range)).toEqual([])
    expect(rulesAgainst(listing(map('accept'), 'ip saddr vmap @m'), range)).toEqual([])
  })

  test('is the one of its own table', () => {
    expect(rulesAgainst(listing('', 'ip saddr @s drop'), range)).toEqual([])
  })
})
