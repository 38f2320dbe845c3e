/**
 * Which lab a bench uses. Knows no bench.
 */
import type { Catalog } from '../../labs/catalog.ts'
import type { LabFolder } from '../../labs/folder.ts'
import { CommandError } from '../output.ts'

const usual = 'accept-queue'

export function benchLab(catalog: Catalog, id: string | undefined): LabFolder {
  if (id) return catalog.get(id)
  const labs = catalog.list()
  const chosen = labs.find(({ lab }) => lab.meta.id === usual) ?? labs[0]
  if (chosen) return chosen
  throw new CommandError('There is no lab to measure with.', 'Add a lab, then run the command again.')
}
