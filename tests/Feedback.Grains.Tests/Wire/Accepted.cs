namespace Feedback.Grains.Tests.Wire;

/// <summary>Files beside these tests that hold what earlier releases promised.</summary>
internal static class Accepted
{
    /// <summary>Whether what is new is to be added to them.</summary>
    public static bool IsAsked => Environment.GetEnvironmentVariable("FEEDBACK_ACCEPT") == "1";

    public static IReadOnlyList<string> Lines(string file) => File.Exists(PathOf(file)) ? File.ReadAllLines(PathOf(file)) : [];

    public static void Write(string file, IReadOnlyList<string> lines) => File.WriteAllLines(PathOf(file), lines);

    private static string PathOf(string file) => Path.Combine(RootOf(AppContext.BaseDirectory), "tests", "Feedback.Grains.Tests", "Wire", file);

    private static string RootOf(string folder) => File.Exists(Path.Combine(folder, "Feedback.sln")) ? folder : RootOf(Path.GetDirectoryName(folder.TrimEnd('/'))!);
}
