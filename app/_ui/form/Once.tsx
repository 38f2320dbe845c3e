/** Marks a page of a form, so that a double click sends one thing twice and not two things (app/_server/once.ts). */
import { randomBytes } from 'node:crypto'

export const Once = () => <input type="hidden" name="once" value={randomBytes(16).toString('base64url')} />
