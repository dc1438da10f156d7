namespace CompiledNets.Benchmarks.Generation;
internal static class GeneratorFace { public static int Run(BenchmarkOptions options) => options.Threads.Count; }
internal static class GeneratorProcess { public const string Face = "g"; public static int Run(string s) => s.Length; }
