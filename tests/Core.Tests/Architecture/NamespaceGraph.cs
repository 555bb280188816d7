using System.Reflection;
using System.Reflection.Emit;

namespace VoiceFunctions.Core.Architecture;

/// <summary>Which namespaces of an assembly use which: read from its metadata and from the code of its methods.</summary>
internal sealed class NamespaceGraph
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    private readonly Assembly assembly;
    private readonly SortedDictionary<string, SortedSet<string>> uses = new(StringComparer.Ordinal);

    public NamespaceGraph(Assembly assembly)
    {
        this.assembly = assembly;
        foreach (var type in assembly.GetTypes())
        {
            Add(type);
        }
    }

    public IEnumerable<string> UsesOf(string name) => uses.GetValueOrDefault(name) ?? [];

    /// <summary>The groups of namespaces in which each can be reached from each other one.</summary>
    public IEnumerable<IReadOnlyList<string>> Cycles()
    {
        var reached = uses.Keys.ToDictionary(name => name, ReachedFrom);
        return uses.Keys
            .Where(name => reached[name].Contains(name))
            .GroupBy(name => string.Join(' ', uses.Keys.Where(other => reached[name].Contains(other) && reached[other].Contains(name))))
            .Select(group => group.ToList());
    }

    private HashSet<string> ReachedFrom(string start)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(UsesOf(start));
        while (open.TryPop(out var name))
        {
            if (found.Add(name))
            {
                foreach (var next in UsesOf(name))
                {
                    open.Push(next);
                }
            }
        }

        return found;
    }

    private void Add(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        Use(type, type.BaseType);
        Array.ForEach(type.GetInterfaces(), contract => Use(type, contract));
        Array.ForEach(type.GetFields(Declared), field => Use(type, field.FieldType));
        foreach (var method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        {
            Use(type, (method as MethodInfo)?.ReturnType);
            Array.ForEach(method.GetParameters(), parameter => Use(type, parameter.ParameterType));
            foreach (var local in method.GetMethodBody()?.LocalVariables ?? [])
            {
                Use(type, local.LocalType);
            }

            foreach (var member in MembersIn(type, method))
            {
                Use(type, member as Type ?? member.DeclaringType);
            }
        }
    }

    /// <summary>What the instructions of a method name.</summary>
    private static IEnumerable<MemberInfo> MembersIn(Type type, MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var op = code[at] == 0xFE ? Codes[0xFE00 | code[at + 1]] : Codes[code[at]];
            at += op.Size;
            if (op.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
                yield return type.Module.ResolveMember(BitConverter.ToInt32(code, at), type.GetGenericArguments(), ofMethod)!;
            }

            at += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    private void Use(Type user, Type? used)
    {
        while (used?.HasElementType == true)
        {
            used = used.GetElementType();
        }

        if (used is null || used.IsGenericParameter)
        {
            return;
        }

        foreach (var argument in used.GetGenericArguments())
        {
            Use(user, argument);
        }

        if (used.Assembly == assembly && used.Namespace is { } to && user.Namespace is { } from && from != to)
        {
            if (!uses.TryGetValue(from, out var known))
            {
                uses[from] = known = new SortedSet<string>(StringComparer.Ordinal);
            }

            known.Add(to);
        }
    }
}
