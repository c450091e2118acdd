using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Domain.Policies;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Open311;

/// <summary>Something that may be asked of the office: a kind of case, or a kind in a category.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Category">The category; null for none.</param>
/// <param name="Above">The category above that one; null for none.</param>
internal sealed record Service(CaseKind Kind, Category? Category, Category? Above)
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>The stable code, such as <c>complaint</c> or <c>complaint.attitude</c>.</summary>
    public string Code => CodeOf(Kind, Category?.Code);

    /// <summary>The code of a kind and a category.</summary>
    public static string CodeOf(CaseKind kind, string? category) => category is null ? kind.Word() : $"{kind.Word()}.{category}";

    /// <summary>The name in a language.</summary>
    public string NameIn(CultureInfo language) => NameOf(Kind, Category is null ? null : In(Category, language), language);

    /// <summary>The name of a kind, in a category of that name.</summary>
    public static string NameOf(CaseKind kind, string? category, CultureInfo language)
    {
        var own = Open311Words.Of("kind-" + kind.Word(), language);
        return category is null ? own : Open311Words.Of("service-in-category", language, own, category);
    }

    /// <summary>As the specification lists it.</summary>
    public Spark Told(CultureInfo language) => Spark.Of(
        ("service_code", Spark.Of(Code)),
        ("service_name", Spark.Of(NameIn(language))),
        ("description", Spark.Of(Open311Words.Of("about-" + Kind.Word(), language))),
        ("metadata", Spark.Of(true)),
        ("type", Spark.Of("realtime")),
        ("keywords", Spark.Of(string.Join(", ", Keywords.Distinct()))),
        ("group", Spark.Of(Above is null ? Open311Words.Of("kind-" + Kind.Word(), language) : In(Above, language))));

    // Somebody searches in their own words, whatever the list is written in.
    private IEnumerable<string> Keywords =>
        from language in new[] { Chinese, English }
        from word in new[] { Open311Words.Of("kind-" + Kind.Word(), language), Category is null ? null : In(Category, language), Above is null ? null : In(Above, language) }
        where word is not null
        select word.Replace(",", "", StringComparison.Ordinal);

    private static string In(Category category, CultureInfo language) => language.TwoLetterISOLanguageName == "zh" ? category.Zh : category.En;
}

/// <summary>What may be asked of the office: what citizens bring, in the categories that hold at the top of the bureau today.</summary>
internal sealed class ServiceList(IBureau bureau, TimeProvider clock)
{
    /// <summary>The kinds of cases that are service requests. All others are the office's own matters.</summary>
    public static readonly ImmutableArray<CaseKind> Kinds = [CaseKind.Complaint, CaseKind.Suggestion, CaseKind.Question, CaseKind.Praise];

    /// <summary>All of them, kind by kind.</summary>
    public IEnumerable<Service> All()
    {
        var categories = Categories();
        foreach (var kind in Kinds)
        {
            yield return new Service(kind, null, null);
            foreach (var category in categories)
                yield return new Service(kind, category, categories.FirstOrDefault(above => above.Code == category.Parent));
        }
    }

    /// <summary>The one of a code; null for none.</summary>
    public Service? Find(string code) => All().FirstOrDefault(service => service.Code == code);

    /// <summary>The name of what a case is about now, also in a category that is no longer offered.</summary>
    public string NameOf(CaseKind kind, string? category, CultureInfo language) =>
        Find(Service.CodeOf(kind, category))?.NameIn(language) ?? Service.NameOf(kind, category, language);

    /// <summary>Changes, in order, whenever the list or a definition may have changed.</summary>
    public string Changeset => string.Create(CultureInfo.InvariantCulture, $"2026-11-26.{bureau.Current.Policies.Version:D8}");

    // A bureau has one top; where it has more, what is offered at any of them.
    private List<Category> Categories()
    {
        var (tree, now) = (bureau.Current.Tree, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var tops = tree.Nodes.Select(node => (node, Day: CaseTimes.DayAt(tree, node.Id, now))).Where(top => top.node.ParentOn(top.Day) is null).ToList();
        return tops.Count == 0
            ? [.. CategoryTree.Default.Categories]
            : [.. tops.SelectMany(top => bureau.Current.Policies.Find([top.node], PolicySubjects.Categories, top.Day).Document.Categories).DistinctBy(category => category.Code)];
    }
}
