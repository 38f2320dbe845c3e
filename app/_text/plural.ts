/**
 * A number and its noun in any language: `pluralIn('pl')({ one: 'rozdział', few: 'rozdziały', many: 'rozdziałów', other: 'rozdziału' })(2)` is
 * "2 rozdziały". Which number takes which form is Unicode's knowledge, and the browser's.
 */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

export const pluralIn = (tag: string) => {
  const rules = new Intl.PluralRules(tag)
  const digits = new Intl.NumberFormat(tag)
  return (forms: Forms) =>
    (count: number): string =>
      `${digits.format(count)} ${forms[rules.select(count)] ?? forms.other}`
}
