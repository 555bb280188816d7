// Where a peer remembers which webhooks it has seen: add() says whether it is new.
const day = 24 * 60 * 60;

async function memory() {
  const ids = new Set();
  return {
    add: async id => !ids.has(id) && !!ids.add(id),
    forget: async id => ids.delete(id),
  };
}

async function redis() {
  const { default: Redis } = await import('ioredis');
  const client = new Redis(process.env.REDIS_URL, { enableAutoPipelining: true });
  return {
    add: async id => (await client.set(`seen:${id}`, '1', 'EX', day, 'NX')) === 'OK',
    forget: id => client.del(`seen:${id}`),
  };
}

async function tables() {
  const { TableClient } = await import('@azure/data-tables');
  const table = TableClient.fromConnectionString(process.env.STORAGE_CONNECTION, 'seen', { allowInsecureConnection: true });
  await table.createTable();
  return {
    async add(id) {
      try {
        await table.createEntity({ partitionKey: id, rowKey: 'seen' });
        return true;
      } catch (failure) {
        if (failure.statusCode === 409) return false;
        throw failure;
      }
    },
    forget: id => table.deleteEntity(id, 'seen'),
  };
}

export const stores = { memory, redis, tables };
