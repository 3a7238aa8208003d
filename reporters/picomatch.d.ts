declare module 'picomatch' {
  const picomatch: {
    /** The regular expression of a glob. */
    makeRe(glob: string, options?: { readonly dot?: boolean; readonly posix?: boolean }): RegExp
  }
  export default picomatch
}
