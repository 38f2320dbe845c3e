/**
 * Which kinds of machine the labs and the playground use: one VM template each. Knows no template.
 */
import type { Catalog } from '../labs/catalog.ts'
import type { Machine } from '../labs/schema.ts'
import { profilesOf } from '../sandbox/profiles.ts'

export const machinesOf = (catalog: Catalog): Machine[] => profilesOf(catalog).map(({ machine }) => machine)
