using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Denoised.Tests.Architecture;

/// <summary>Checks the layers of src/Denoised: a folder uses only the folders before it in the list.</summary>
public sealed class LayeringTests
{
    private static readonly string[] order =
        ["Text", "Domain", "Embeddings", "Storage", "Arxiv", "PaperText", "Model", "Grounding", "Summaries", "Overviews", "Publishing", "Delivery", "Collecting", "Api"];

    [Fact]
    public void A_folder_uses_only_the_folders_before_it()
    {
        var uses = ReadUses().ToList();

        Assert.True(uses.Count > 500, $"Only {uses.Count} uses were read.");
        Assert.Empty(uses.Where(use => Array.IndexOf(order, use.Used) > Array.IndexOf(order, use.Folder)).Select(use => $"{use.Folder} uses {use.Used}: {use.What}").Distinct());
    }

    [Fact]
    public void The_order_contains_every_folder() =>
        Assert.Empty(typeof(DenoisedServices).Assembly.GetTypes().Select(type => FolderOf(type.Namespace)).Where(folder => folder.Length > 0).Distinct().Except(order));

    /// <summary>
    /// Finds the folders that each folder uses: from the members of each type and, in method bodies, from every metadata token and local variable.
    /// </summary>
    private static IEnumerable<(string Folder, string Used, string What)> ReadUses()
    {
        var assembly = typeof(DenoisedServices).Assembly;
        using var file = new PEReader(File.OpenRead(assembly.Location));
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var type in assembly.GetTypes())
        {
            var folder = FolderOf(type.Namespace);
            if (folder.Length == 0)
                continue;
            var used = new List<Type?> { type.BaseType };
            used.AddRange(type.GetInterfaces());
            used.AddRange(type.GetFields(All).Select(field => field.FieldType));
            foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            {
                used.AddRange(method.GetParameters().Select(parameter => parameter.ParameterType));
                used.Add((method as MethodInfo)?.ReturnType);
                used.AddRange(TypesInBody(method, file));
            }

            foreach (var part in used.OfType<Type>().SelectMany(Parts))
            {
                if (part.Assembly == assembly && FolderOf(part.Namespace) is { Length: > 0 } other && other != folder)
                    yield return (folder, other, $"{type.Name} → {part.Name}");
            }
        }
    }

    private static IEnumerable<Type> TypesInBody(MethodBase method, PEReader file)
    {
        if (method.GetMethodBody() is not { } body)
            yield break;
        foreach (var local in body.LocalVariables)
            yield return local.LocalType;
        var typeArguments = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (var token in TokensOf(method, file))
        {
            var member = method.Module.ResolveMember(token, typeArguments, methodArguments);
            if (member is Type type)
                yield return type;
            else if (member?.DeclaringType is { } declaring)
                yield return declaring;
            if (member is MethodInfo { IsGenericMethod: true } call)
            {
                foreach (var argument in call.GetGenericArguments())
                    yield return argument;
            }
        }
    }

    /// <summary>The metadata tokens in a method's instructions. In IL an operand follows the opcode of one or two bytes (ECMA-335, III.1.2).</summary>
    private static List<int> TokensOf(MethodBase method, PEReader file)
    {
        var definition = file.GetMetadataReader().GetMethodDefinition((MethodDefinitionHandle)MetadataTokens.EntityHandle(method.MetadataToken));
        var code = file.GetMethodBody(definition.RelativeVirtualAddress).GetILReader();
        List<int> tokens = [];
        while (code.RemainingBytes > 0)
        {
            var first = code.ReadByte();
            var operation = operations[first == 0xFE ? unchecked((short)((first << 8) | code.ReadByte())) : first];
            switch (operation.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset++;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    tokens.Add(code.ReadInt32());
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }

        return tokens;
    }

    private static readonly Dictionary<short, OpCode> operations = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(operation => operation.Value);

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.GetElementType() is { } element)
            return Parts(element);
        return type.IsGenericParameter ? [] : [type, .. type.GetGenericArguments().SelectMany(Parts)];
    }

    private static string FolderOf(string? name) => name?.Split('.') is ["Denoised", var folder, ..] ? folder : "";
}
