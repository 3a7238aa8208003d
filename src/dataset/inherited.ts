import type { Dataset } from './model.ts'
import { bytesOf, filesOf, fingerprintOf, tagColumns, versionOf } from './opened.ts'

/** What a dataset that is made of another one has of it: the same source in the same state, and its personal columns. */
export class Inherited {
  protected readonly parent: Dataset

  constructor(parent: Dataset) {
    this.parent = parent
  }

  get pii(): readonly string[] {
    return this.parent.pii
  }

  tag(columns: readonly string[]): void {
    tagColumns(this.parent, columns)
  }

  version(): Promise<object> {
    return versionOf(this.parent)
  }

  files(): Promise<readonly string[]> {
    return filesOf(this.parent)
  }

  bytes(): Promise<number> {
    return bytesOf(this.parent)
  }

  fingerprint(): Promise<string | undefined> {
    return fingerprintOf(this.parent)
  }
}
