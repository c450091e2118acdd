using System.Reflection;

namespace Feedback.Architecture.Tests;

/// <summary>The shipped assemblies, as built.</summary>
internal static class Products
{
    private static readonly Dictionary<string, Assembly> ByProject = Repository.Projects
        .Where(path => Repository.ProductFolders.Contains(path.Split('/')[0]))
        .Select(path => Path.GetFileNameWithoutExtension(path))
        // The executable alone bears another name than its project.
        .ToDictionary(name => name, name => Assembly.Load(name == "Feedback.Silo" ? "feedback" : name));

    public static IReadOnlyCollection<Assembly> All => ByProject.Values;

    /// <summary>Names of the assemblies whose types the project's code really uses.</summary>
    public static IEnumerable<string> UsedBy(string project) =>
        ByProject[project].GetReferencedAssemblies().Select(assembly => assembly.Name!).Order(StringComparer.Ordinal);
}
