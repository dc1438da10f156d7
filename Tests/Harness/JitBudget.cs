using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CompiledNets.Harness;

/// <summary>
/// What the JIT optimizes at most: a method of more than 60,000 bytes of IL, 20,000 instructions, 2,000 basic blocks, 2,000 locals or 8,000
/// references to locals and arguments is compiled without any optimization, silently (the limits of its switch to minimal optimization,
/// <c>DEFAULT_MIN_OPTS_*</c> in the runtime's jit/compiler.h). They are counted in IL, before anything is inlined.
/// </summary>
public static class JitBudget
{
    private static readonly (string What, int Most)[] Limits = [("bytes of IL", 60_000), ("instructions", 20_000), ("blocks", 2_000),
        ("locals", 2_000), ("references to locals", 8_000)];

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>The methods of an assembly that exceed a limit, and by what.</summary>
    /// <param name="assembly">The assembly's bytes.</param>
    public static IReadOnlyList<string> Excesses(Stream assembly)
    {
        List<string> excesses = [];
        using PEReader image = new(assembly, PEStreamOptions.LeaveOpen);
        MetadataReader reader = image.GetMetadataReader();
        foreach (MethodDefinition method in reader.MethodDefinitions.Select(reader.GetMethodDefinition)
            .Where(method => method.RelativeVirtualAddress != 0))
        {
            int[] counts = Count(reader, method, image.GetMethodBody(method.RelativeVirtualAddress));
            for (int i = 0; i < counts.Length; i++)
            {
                if (counts[i] > Limits[i].Most)
                    excesses.Add(
                        $"{reader.GetString(method.Name)} has {counts[i]} {Limits[i].What}; the JIT optimizes up to {Limits[i].Most}");
            }
        }

        return excesses;
    }

    private static int[] Count(MetadataReader reader, MethodDefinition method, MethodBodyBlock body)
    {
        int locals = method.GetParameters().Count;
        if (!body.LocalSignature.IsNil)
        {
            BlobReader signature = reader.GetBlobReader(reader.GetStandaloneSignature(body.LocalSignature).Signature);
            signature.ReadSignatureHeader();
            locals += signature.ReadCompressedInteger();
        }

        int instructions = 0, references = 0;
        HashSet<int> blocks = [0, .. body.ExceptionRegions.SelectMany(region => new[] { region.TryOffset, region.HandlerOffset })];
        BlobReader il = body.GetILReader();
        while (il.RemainingBytes > 0)
        {
            instructions++;
            int value = il.ReadByte();
            if (value == 0xFE) value = (value << 8) | il.ReadByte();
            OpCode code = Codes[value];
            if (code.Name is { } name && (name.StartsWith("ldloc", StringComparison.Ordinal)
                || name.StartsWith("stloc", StringComparison.Ordinal)
                || name.StartsWith("ldarg", StringComparison.Ordinal) || name.StartsWith("starg", StringComparison.Ordinal))) references++;
            foreach (int target in Targets(code, ref il)) blocks.Add(target);
            if (code.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw
                && il.RemainingBytes > 0) blocks.Add(il.Offset);
        }

        return [body.GetILBytes()!.Length, instructions, blocks.Count, locals, references];
    }

    /// <summary>Reads what belongs to an instruction, and gives the offsets it may branch to.</summary>
    private static ImmutableArray<int> Targets(OpCode code, ref BlobReader il)
    {
        switch (code.OperandType)
        {
            case OperandType.ShortInlineBrTarget:
                int near = il.ReadSByte();
                return [il.Offset + near];
            case OperandType.InlineBrTarget:
                int far = il.ReadInt32();
                return [il.Offset + far];
            case OperandType.InlineSwitch:
                int[] targets = new int[il.ReadInt32()];
                for (int i = 0; i < targets.Length; i++) targets[i] = il.ReadInt32();
                int end = il.Offset;
                return [.. targets.Select(target => end + target)];
            default:
                il.Offset += code.OperandType switch
                {
                    OperandType.InlineNone => 0,
                    OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                    OperandType.InlineVar => 2,
                    OperandType.InlineI8 or OperandType.InlineR => 8,
                    _ => 4,
                };
                return [];
        }
    }
}
