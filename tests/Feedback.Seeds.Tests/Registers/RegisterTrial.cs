using System.Globalization;
using System.IO.Compression;
using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Grains.Personal;
using Feedback.Grains.Registers;
using Feedback.Seeds.Registers;
using Feedback.Seeds.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Feedback.Seeds.Tests.Registers;

/// <summary>Imports registers into a bureau in memory, at 09:00 on a Monday in Shanghai.</summary>
internal sealed class RegisterTrial : IPersonalStore
{
    public const string Header = "Level,Parent,Code,Name,English name,Time zone,Opening hours\n";
    public const string ThreeNodes = Header + "district,,jy,江源区交通局,Jiangyuan,Asia/Shanghai,\nhall,jy,hall-1,河滨大厅,,,\nwindow,hall-1,01,综合咨询,,,\n";

    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    public static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    private readonly PersonalCipher _cipher = new(BureauSecrets.Generate());

    public BureauInMemory Bureau { get; } = new();

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-03-02T01:00:00Z", CultureInfo.InvariantCulture));

    public OrganisationTree Tree => Bureau.Current.Tree;

    public IEnumerable<string> Paths => Tree.Nodes.Select(node => Tree.PathOf(node.Id));

    public Task<RegisterOutcome> ImportAsync(string csv, RegisterKind kind = RegisterKind.Organisation, bool dryRun = false, CultureInfo? culture = null) =>
        ImportAsync(Encoding.UTF8.GetBytes(csv), kind, dryRun, culture);

    public Task<RegisterOutcome> ImportAsync(byte[] file, RegisterKind kind = RegisterKind.Organisation, bool dryRun = false, CultureInfo? culture = null) =>
        new RegisterImport(Bureau, this, _cipher, Clock).ImportAsync(kind, file, dryRun, culture ?? English);

    public Task<IReadOnlyDictionary<Opaque, (SealedText Text, SubjectKey Key)>> FindAsync(
        IReadOnlyCollection<Opaque> references, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyDictionary<Opaque, (SealedText Text, SubjectKey Key)>>(Bureau.Personal.Where(text => references.Contains(text.Ref))
            .ToDictionary(text => text.Ref, text => (text, Bureau.SubjectKeys.Single(key => key.Subject == text.Subject))));

    /// <summary>A workbook with a first sheet of this XML; cells as a spreadsheet program would write them.</summary>
    public static byte[] Workbook(string rows, string after = "", string before = "", string? shared = null)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""");
            Add(zip, "_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Add(zip, "xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>""");
            Add(zip, "xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
            Add(zip, "xl/worksheets/sheet1.xml", $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{before}<sheetData>{rows}</sheetData>{after}</worksheet>""");
            if (shared is not null)
                Add(zip, "xl/sharedStrings.xml", $"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{shared}</sst>""");
        }

        return file.ToArray();
    }

    /// <summary>A row of text cells of <see cref="Workbook"/>; a cell that begins with &lt; is XML of its own.</summary>
    public static string Row(int number, params string[] cells) => $"<row r=\"{number}\">" + string.Concat(cells.Select((cell, i) =>
        cell.StartsWith('<') ? cell : cell.Length == 0 ? "" : $"<c r=\"{(char)('A' + i)}{number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>")) + "</row>";

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var to = new StreamWriter(zip.CreateEntry(name).Open());
        to.Write(text);
    }
}
