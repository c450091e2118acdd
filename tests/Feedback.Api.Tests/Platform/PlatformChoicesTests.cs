using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Platform;
using Feedback.Grains.Platform;
using Feedback.Silo.Hosting;
using Feedback.Silo.Platform;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Platform;

/// <summary>The file that says what is reported to the platform.</summary>
public sealed class PlatformChoicesTests : IDisposable
{
    private const string Fields = """
        "mapping": { "evaluations": {
          "evaluateId": "id",
          "areaCode": { "value": "440900" },
          "satisfaction": { "from": "grade", "map": { "5": "A", "4": "B", "3": "C", "2": "D", "1": "E" } },
          "windowNo": { "from": "window", "map": { "n12": "W03" }, "otherwise": "" },
          "time": { "from": "occurredAt", "time": "local" }
        } }
        """;

    private readonly TemporaryFolder _folder = new();

    public PlatformChoicesTests()
    {
        File.WriteAllText(_folder["token"], "s3cret\n");
        File.WriteAllText(_folder["key"], "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
        File.WriteAllText(_folder["two-words"], "correct horse\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_file_is_read()
    {
        var settings = Read($$"""
            {
              // Comments are allowed.
              "address": "https://hcp.example.gov.cn/api/feedback/", "tokenFile": "token", "secretFile": "key", "itemsPath": "/v1/items",
              "batchSize": 50, "from": "2026-12-01", "node": "n2", "origins": ["active", "default"], "zone": "Asia/Urumqi", "personal": ["comment"],
              "counts": { "path": "/v1/counts", "day": "date", "fields": { "evaluations": "total" }, "hour": 3 },
              {{Fields}},
            }
            """);

        Assert.Equal(("https://hcp.example.gov.cn/api/feedback/v1/items", 50, new DateOnly(2026, 12, 1), "n2", "Asia/Urumqi"),
            (settings.Items!.ToString(), settings.BatchSize, settings.From, settings.Node, settings.Zone.Id));
        Assert.Equal([Origin.Active, Origin.Default], settings.Origins.Order());
        Assert.Equal(("s3cret", 1), (System.Text.Encoding.UTF8.GetString(settings.Token.AsSpan()), settings.Keys.Length));
        Assert.Equal(("https://hcp.example.gov.cn/api/feedback/v1/counts", "date", "total", 3),
            (settings.Counts!.Address.ToString(), settings.Counts.DayParameter, settings.Counts.Fields[PlatformKind.Evaluations], settings.Counts.Hour));
        Assert.Equal(["evaluateId", "areaCode", "satisfaction", "windowNo", "time"], settings.Mappings[PlatformKind.Evaluations].Fields.Select(rule => rule.Target));
        Assert.DoesNotContain("s3cret", settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "mapping", "member-missing")]
    [InlineData("""
        "mapping": {}
        """, "mapping", "mapping-empty")]
    [InlineData("""
        "mapping": { "ratings": { "a": "id" } }
        """, "mapping.ratings", "member-unknown")]
    [InlineData("""
        "mapping": { "evaluations": {} }
        """, "mapping.evaluations", "mapping-empty")]
    [InlineData("""
        "mapping": { "evaluations": { "a": "stars" } }
        """, "mapping.evaluations.a", "source-unknown")]
    [InlineData("""
        "mapping": { "evaluations": { "a": 7 } }
        """, "mapping.evaluations.a", "rule-invalid")]
    [InlineData("""
        "mapping": { "evaluations": { "a": { "map": {} } } }
        """, "mapping.evaluations.a.from", "member-missing")]
    [InlineData("""
        "mapping": { "evaluations": { "a": { "from": "grade", "map": { "5": "A" } } } }
        """, "mapping.evaluations.a.map", "map-gap")]
    [InlineData("""
        "mapping": { "evaluations": { "a": { "from": "grade", "map": { "6": "A" }, "otherwise": "B" } } }
        """, "mapping.evaluations.a.map.6", "map-key-unknown")]
    [InlineData("""
        "mapping": { "evaluations": { "a": { "from": "hall", "map": { "hall-1": "A" } } } }
        """, "mapping.evaluations.a.map.hall-1", "map-key-node")]
    [InlineData("""
        "mapping": { "evaluations": { "a": { "from": "grade", "time": "local" } } }
        """, "mapping.evaluations.a.time", "time-not-here")]
    [InlineData("""
        "mapping": { "evaluations": { "a": { "from": "occurredAt", "time": "yyyy" } } }
        """, "mapping.evaluations.a.time", "word-unknown")]
    [InlineData("""
        "mapping": { "evaluations": { "a": { "from": "occurredAt", "map": { "1": "2" } } } }
        """, "mapping.evaluations.a.map", "map-not-here")]
    [InlineData("""
        "mapping": { "evaluations": { "a": { "value": 1.5 } } }
        """, "mapping.evaluations.a.value", "constant-invalid")]
    [InlineData("""
        "mapping": { "evaluations": { "a": { "value": "x", "asText": true } } }
        """, "mapping.evaluations.a", "value-alone")]
    [InlineData("""
        "mapping": { "evaluations": { "a": { "from": "staff", "ifMissing": "0", "required": true } } }
        """, "mapping.evaluations.a.required", "required-or-missing")]
    [InlineData("""
        "mapping": { "evaluations": { "a": { "from": "staff", "otherwise": "0" } } }
        """, "mapping.evaluations.a.otherwise", "otherwise-alone")]
    [InlineData("""
        "mapping": { "evaluations": { "a": "id", "a": "day" } }
        """, "mapping.evaluations.a", "member-twice")]
    [InlineData("""
        "mapping": { "evaluations": { "text": "comment" } }
        """, "mapping.evaluations.text", "personal-not-allowed")]
    [InlineData("""
        "mapping": { "evaluations": { "no": "matterNumber" } }, "personal": ["comment"]
        """, "mapping.evaluations.no", "personal-not-allowed")]
    [InlineData("""
        "mapping": { "evaluations": { "a": "id" } }, "personal": ["name"]
        """, "personal", "list-expected")]
    [InlineData("""
        "mapping": { "evaluations": { "a": "id" } }, "origins": "active"
        """, "origins", "list-expected")]
    [InlineData("""
        "mapping": { "evaluations": { "a": "id" } }, "counts": { "fields": { "matters": "n" } }
        """, "counts.fields.matters", "counts-unmapped")]
    [InlineData("""
        "mapping": { "evaluations": { "a": "id" } }, "counts": { "path": "counts", "fields": { "evaluations": "n" } }
        """, "counts.path", "path-invalid")]
    [InlineData("""
        "mapping": { "evaluations": { "a": "id" } }, "batchSize": 0
        """, "batchSize", "number-expected")]
    [InlineData("""
        "mapping": { "evaluations": { "a": "id" } }, "zone": "Asia/Beijing"
        """, "zone", "zone-unknown")]
    [InlineData("""
        "mapping": { "evaluations": { "a": "id" } }, "adress": "x"
        """, "adress", "member-unknown")]
    public void What_is_wrong_with_the_rest_is_told_with_its_place(string rest, string field, string code) =>
        AssertRefused($$"""{ "address": "https://hcp.example.gov.cn", "tokenFile": "token", "from": "2026-12-01"{{(rest.Length > 0 ? ", " : "")}}{{rest}} }""", field, code);

    [Theory]
    [InlineData("http://hcp.example.gov.cn", "", "address-invalid")]
    [InlineData("https://hcp.example.gov.cn?x=1", "", "address-invalid")]
    [InlineData("https://u:p@hcp.example.gov.cn", "", "address-invalid")]
    [InlineData("ftp://hcp.example.gov.cn", "", "address-invalid")]
    [InlineData("https://10.0.0.7", "", "address-private")]
    [InlineData("https://0x7f000001", "", "address-private")]
    [InlineData("http://127.0.0.1:9000", "", "address-invalid")]
    [InlineData("http://10.0.0.7", ", \"allowPrivate\": true", "address-invalid")]
    public void An_address_begins_with_https_and_lies_outside_unless_told(string address, string more, string code) =>
        AssertRefused($$"""{ "address": "{{address}}"{{more}}, "tokenFile": "token", "from": "2026-12-01", {{Fields}} }""", "address", code);

    [Fact]
    public void This_machine_may_be_a_platform_where_that_is_meant_so() => Assert.Equal(
        "http://127.0.0.1:9000/items",
        Read($$"""{ "address": "http://127.0.0.1:9000", "allowPrivate": true, "tokenFile": "token", "from": "2026-12-01", {{Fields}} }""").Items!.ToString());

    [Theory]
    [InlineData("", "tokenFile", "proof-missing")]
    [InlineData("\"tokenFile\": \"nowhere\",", "tokenFile", "file-unreadable")]
    [InlineData("\"tokenFile\": \"two-words\",", "tokenFile", "token-invalid")]
    [InlineData("\"secretFile\": \"token\",", "secretFile", "secret-invalid")]
    public void Who_sends_must_be_provable(string proof, string field, string code) =>
        AssertRefused($$"""{ "address": "https://hcp.example.gov.cn", {{proof}} "from": "2026-12-01", {{Fields}} }""", field, code);

    [Fact]
    public void What_is_wrong_is_told_in_both_languages()
    {
        File.WriteAllText(_folder["file"], "{ \"address\": 7 }");

        var (en, zh) = (Message("en"), Message("zh-CN"));

        Assert.EndsWith("address: A text is expected, without spaces around it.", en, StringComparison.Ordinal);
        Assert.EndsWith("address: 应为文本，首尾不带空格。", zh, StringComparison.Ordinal);
        string Message(string culture) => Assert.Throws<UsageException>(() => PlatformChoices.Read(_folder["file"], CultureInfo.GetCultureInfo(culture))).Message;
    }

    [Fact]
    public void The_example_of_the_guide_is_a_file_that_will_do()
    {
        var guide = File.ReadAllText(Path.Combine(RootOf(AppContext.BaseDirectory), "silo/deploy/platform.md"));
        File.WriteAllText(_folder["platform.token"], "s3cret");
        var from = guide.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;

        var settings = Read(guide[from..guide.IndexOf("```", from, StringComparison.Ordinal)]);

        Assert.Equal(2, settings.Mappings.Count);
    }

    [Fact]
    public void No_JSON_is_told_with_its_line() => AssertRefused("{\n\"address\": }", "", "json-invalid");

    [Fact]
    public void A_made_up_item_of_each_kind_can_be_mapped_with_every_field()
    {
        foreach (var kind in Enum.GetValues<PlatformKind>())
        {
            var have = PlatformSamples.Of(kind).Fields.Keys.ToHashSet();
            var missing = SourceFields.NamesOf(kind).Where(name => !name.Contains('…', StringComparison.Ordinal) && !have.Contains(name)).ToList();
            Assert.Equal(kind == PlatformKind.Evaluations ? ["flags"] : [], missing);
        }
    }

    private static string RootOf(string folder) => File.Exists(Path.Combine(folder, "Feedback.sln")) ? folder : RootOf(Path.GetDirectoryName(folder.TrimEnd('/'))!);

    private PlatformSettings Read(string text)
    {
        File.WriteAllText(_folder["file"], text);
        return PlatformChoices.Read(_folder["file"], CultureInfo.GetCultureInfo("en"));
    }

    private void AssertRefused(string text, string field, string code)
    {
        var told = Assert.Throws<UsageException>(() => Read(text)).Message;
        var words = new System.Resources.ResourceManager("Feedback.Silo.Platform.Words", typeof(PlatformChoices).Assembly).GetString(code, CultureInfo.GetCultureInfo("en"))!;
        var start = $"{_folder["file"]}: {(field.Length == 0 ? "" : field + ": ")}";
        Assert.StartsWith(start, told, StringComparison.Ordinal);
        // The words up to the first gap, and from the last one on.
        var parts = System.Text.RegularExpressions.Regex.Split(words, @"\{\d\}");
        Assert.StartsWith(parts[0], told[start.Length..], StringComparison.Ordinal);
        Assert.EndsWith(parts[^1], told, StringComparison.Ordinal);
    }
}
