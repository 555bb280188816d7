// Azurite keeps a table as one list: it looks at every row for each query, and at every index entry for each write, so that it grows slower with each call. The real service keeps partitions.
// This gives each table a map of partitions in the place of its list. What is stored, checked and answered stays Azurite's own code.
const store = require('azurite/dist/src/table/persistence/LokiTableMetadataStore').default.prototype;
const { getEntityCollection, queryTableEntities, rollbackEntityChanges, removeEntitiesAddedInBatch } = store;
const tables = new WeakMap();

class Rows {
  partitions = new Map();

  findOne({ PartitionKey, RowKey }) {
    return this.partitions.get(PartitionKey)?.get(RowKey) ?? null;
  }

  insert(row) {
    if (!this.partitions.has(row.PartitionKey)) this.partitions.set(row.PartitionKey, new Map());
    this.partitions.get(row.PartitionKey).set(row.RowKey, row);
    return row;
  }

  update(row) {
    return this.insert(row);
  }

  remove(row) {
    const partition = this.partitions.get(row.PartitionKey);
    partition?.delete(row.RowKey);
    if (partition?.size === 0) this.partitions.delete(row.PartitionKey);
  }

  chain(isWanted = () => true) {
    const found = [];
    for (const [key, partition] of this.partitions) if (isWanted(key)) found.push(...partition.values());
    return new Chain(found);
  }

  chainOf(key) {
    return new Chain([...(this.partitions.get(key)?.values() ?? [])]);
  }
}

class Chain {
  constructor(rows) {
    this.rows = rows;
  }

  where = (test) => new Chain(this.rows.filter(test));
  sort = (compare) => new Chain(this.rows.sort(compare));
  limit = (most) => new Chain(this.rows.slice(0, most));
  data = () => this.rows;
}

function rowsOf(list) {
  if (!tables.has(list)) tables.set(list, new Rows());
  return tables.get(list);
}

store.getEntityCollection = function (account, table, context) {
  return rowsOf(getEntityCollection.call(this, account, table, context)); // Which also says that there is no such table.
};

store.rollbackEntityChanges = function (list) {
  return rollbackEntityChanges.call(this, rowsOf(list));
};

store.removeEntitiesAddedInBatch = function (list) {
  return removeEntitiesAddedInBatch.call(this, rowsOf(list));
};

// A query that names its partition, or a range of partitions, is shown those alone; Azurite's own filter still follows.
store.queryTableEntities = function (context, account, table, options, ...rest) {
  const filter = options.filter ?? '';
  const one = /^PartitionKey eq '([^']*)'( and \w+ \w\w '[^']*')*$/.exec(filter);
  const range = /^PartitionKey ge '([^']*)' and PartitionKey lt '([^']*)'$/.exec(filter);
  const chain = () => {
    const rows = this.getEntityCollection(account, table, context);
    return one ? rows.chainOf(one[1]) : rows.chain(range ? (key) => key >= range[1] && key < range[2] : undefined);
  };
  const narrowed = Object.create(this, { getEntityCollection: { value: () => ({ chain }) } });
  return queryTableEntities.call(narrowed, context, account, table, options, ...rest);
};
