using Xunit;

namespace Feedback.Seeds.Tests.Import;

/// <summary>A test over a file of the folder <c>shared/data</c> beside the repository; skipped where it is absent.</summary>
public sealed class SharedFileFactAttribute : FactAttribute
{
    public SharedFileFactAttribute(string name)
    {
        if (PathOf(name) is null)
            Skip = $"../shared/data/{name} is not there; it is no part of this repository.";
    }

    /// <summary>The file's path, or null where it is absent.</summary>
    public static string? PathOf(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Feedback.sln")))
            folder = folder.Parent;
        return folder?.Parent is { } beside && Path.Combine(beside.FullName, "shared", "data", name) is var path && File.Exists(path) ? path : null;
    }
}
