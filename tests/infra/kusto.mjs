// The vendor's own KQL analysis, with the tables of a workspace that our telemetry fills.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

const folder = path.dirname(createRequire(import.meta.url).resolve('@kusto/language-service-next'));
// Written for browsers: each file adds to the global scope.
for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js'])
  vm.runInThisContext(fs.readFileSync(path.join(folder, file), 'utf8'), { filename: file });

const { GlobalState, KustoCode, Symbols } = globalThis.Kusto.Language;

/** The columns that queries use, as the workspace's schema has them. */
const common = 'TimeGenerated:datetime, OperationId:string, Properties:dynamic, ItemCount:int';
const tables = {
  AppMetrics: `(${common}, Name:string, Sum:real, Min:real, Max:real)`,
  AppRequests: `(${common}, Name:string, DurationMs:real, Success:bool, ResultCode:string)`,
  AppDependencies: `(${common}, Name:string, DurationMs:real, Success:bool, ResultCode:string)`,
  AppExceptions: `(${common}, ExceptionType:string, OuterMessage:string)`,
  AppTraces: `(${common}, Message:string, SeverityLevel:int)`,
};

// $ctor7 takes a name and a schema, $ctor1 of a database a name and its members: the names come from the translation to JavaScript.
const workspace = new Symbols.DatabaseSymbol.$ctor1(
  'workspace',
  Object.entries(tables).map(([name, schema]) => new Symbols.TableSymbol.$ctor7(name, schema, null)),
);
const world = GlobalState.Default.WithDatabase(workspace);

/** What is wrong with a query. */
export function typeProblems(query) {
  const found = KustoCode.ParseAndAnalyze(query, world).GetDiagnostics();
  return Array.from({ length: found.Count }, (_, index) => found.getItem(index)).map(
    ({ Code, Message, Start }) => `line ${query.slice(0, Start).split('\n').length}: ${Code} ${Message}`,
  );
}
