/** Whether a column is called what identifiers are: `id`, `order_id`, `orderId`, `uuid`, `key`; `paid` is not. */
export const idLike = (name: string): boolean =>
  /(?:^|[_\s.-])(?:id|uuid|guid|key|pk)$/i.test(name) || /[a-z](?:Id|ID|Uuid|UUID|Key)$/.test(name)
