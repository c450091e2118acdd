using System.Xml.Linq;
using Xunit;

namespace Feedback.Architecture.Tests;

/// <summary>Who may know whom.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Feedback.Domain"] = [],
        ["Feedback.Analytics"] = ["Feedback.Domain"],
        ["Feedback.Charts"] = ["Feedback.Analytics"],
        ["Feedback.Grains"] = ["Feedback.Domain"],
        ["Feedback.Storage"] = ["Feedback.Domain", "Feedback.Grains"],
        ["Feedback.Api"] = ["Feedback.Grains", "Feedback.Analytics", "Feedback.Charts"],
        ["Feedback.Web"] = ["Feedback.Api"],
        ["Feedback.Seeds"] = ["Feedback.Domain", "Feedback.Grains"],
        ["Feedback.Silo"] =
        [
            "Feedback.Domain", "Feedback.Grains", "Feedback.Storage", "Feedback.Api", "Feedback.Web",
            "Feedback.Analytics", "Feedback.Charts", "Feedback.Seeds",
        ],
    };

    [Fact]
    public void A_project_refers_only_to_the_projects_it_may_know()
    {
        var projects = Repository.Projects.Where(path => Repository.ProductFolders.Contains(path.Split('/')[0])).ToList();
        Assert.Equal(Allowed.Keys.Order(), projects.Select(NameOf).Order());

        Offenders.None(
            from project in projects
            from reference in XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
            let known = NameOf((string)reference.Attribute("Include")!)
            where !Allowed[NameOf(project)].Contains(known)
            select $"{NameOf(project)} -> {known}");
    }

    [Fact]
    public void The_domain_uses_no_framework_and_no_database() =>
        Offenders.None(Products.UsedBy("Feedback.Domain").Where(name => !IsPure(name) && name is not "NodaTime"));

    [Fact]
    public void Analytics_is_pure_calculation() =>
        Offenders.None(Products.UsedBy("Feedback.Analytics").Where(name => !IsPure(name) && name is not ("NodaTime" or "MathNet.Numerics" or "Feedback.Domain")));

    [Fact]
    public void Grains_contain_no_SQL_and_no_HTTP() =>
        Offenders.None(Products.UsedBy("Feedback.Grains").Where(name =>
            IsDatabase(name) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("System.Net.Http", StringComparison.Ordinal)));

    [Fact]
    public void Api_and_pages_reach_data_only_through_grains_and_services() =>
        Offenders.None(Products.UsedBy("Feedback.Api").Concat(Products.UsedBy("Feedback.Web")).Where(name => IsDatabase(name) || name == "Feedback.Storage"));

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));

    private static bool IsPure(string assembly) =>
        assembly.StartsWith("System.", StringComparison.Ordinal) && !IsDatabase(assembly) && !assembly.StartsWith("System.Net.Http", StringComparison.Ordinal);

    private static bool IsDatabase(string assembly) =>
        assembly is "Npgsql" or "Dapper"
        || assembly.StartsWith("System.Data", StringComparison.Ordinal)
        || assembly.StartsWith("Microsoft.Data", StringComparison.Ordinal)
        || assembly.StartsWith("SQLitePCL", StringComparison.Ordinal)
        || assembly.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal);
}
