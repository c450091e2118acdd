using System.Globalization;
using System.Text;
using Feedback.Domain.Organisation;
using Feedback.Seeds.Import.Cases;
using Feedback.Seeds.Tests.Registers;
using Feedback.Seeds.Tests.Support;
using Xunit;

namespace Feedback.Seeds.Tests.Import.Cases;

/// <summary>Files of cases read at 09:00 on a Monday in Shanghai, and imported into an organisation in memory.</summary>
internal sealed class CaseTrial
{
    public const string Header = "no,in,changed,out,state,what,how,secret,unit";

    public const string Mapping = """
        {
          "source": "lake",
          "zone": "Asia/Shanghai",
          "missing": ["NA"],
          "number": { "column": "no" },
          "created": { "column": "in", "format": "yyyy-MM-dd HH:mm" },
          "updated": { "column": "changed", "format": "yyyy-MM-dd HH:mm" },
          "closed": { "column": "out", "format": "yyyy-MM-dd HH:mm", "midnightIsDay": true },
          "status": { "column": "state", "closed": ["done", "void"], "open": ["open"] },
          "kind": { "value": "complaint" },
          "category": { "column": "what", "names": { "Noise": { "zh": "噪声", "en": "Noise" } } },
          "channel": { "column": "how", "values": { "call": "hotline" } },
          "anonymous": { "column": "secret", "values": { "Y": "yes", "N": "no" } },
          "place": {
            "root": { "code": "lake", "zh": "湖区", "en": "Lake District" },
            "concerns": [{ "column": "unit", "code": "u-{0}", "zh": "第 {0} 街道", "en": "Ward {0}", "blankIsAbove": true }]
          }
        }
        """;

    /// <summary>A row that can be taken.</summary>
    public const string Good = "A1,2026-02-01 10:00,2026-02-03 09:00,2026-02-02 10:00,done,Noise,call,N,1";

    private readonly RegisterTrial _registers = new();

    public CaseTrial() => Store = new CasesInMemory(() => Tree);

    public CasesInMemory Store { get; }

    public OrganisationTree Tree => _registers.Tree;

    public Task<CaseFile> ReadAsync(params string[] rows) => ReadTextAsync(string.Join('\n', rows.Prepend(Header)));

    public Task<CaseFile> ReadTextAsync(string text, CultureInfo? culture = null, CaseMapping? mapping = null) =>
        CaseFile.ReadAsync(new StringReader(text), mapping ?? CaseMapping.Parse(Mapping), _registers.Clock, culture ?? RegisterTrial.English);

    /// <summary>Opens the units that a file names, by the register that the file makes.</summary>
    public async Task<int> OpenUnitsAsync(CaseFile file, CultureInfo? culture = null)
    {
        var missing = file.Missing(Tree);
        var register = new StringWriter();
        await file.WriteRegisterAsync(missing, culture ?? RegisterTrial.English, register);
        var outcome = await _registers.ImportAsync(Encoding.UTF8.GetBytes(register.ToString()));
        Assert.Empty(outcome.Errors);
        return missing.Length;
    }

    public async Task<CaseImportOutcome> ImportAsync(CaseFile file) => await CaseImport.RunAsync(file.CasesAt(Tree), "lake-2026", Store);

    /// <summary>Errors as row, column and the English words.</summary>
    public async Task<IEnumerable<(long, string?, string)>> ErrorsAsync(params string[] rows) =>
        (await ReadAsync(rows)).Errors.Select(error => (error.Row, error.Column, error.Problem));

}
