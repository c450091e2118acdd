using System.Collections.Immutable;
using Feedback.Domain.Catalogue;

namespace Feedback.Seeds.Demo;

/// <summary>What the demo bureau publishes about the service items for which it hands out acceptance notices. All of it is invented.</summary>
internal static class DemoDisclosures
{
    /// <summary>How long such a matter may take.</summary>
    public const string Limit = "10wd";

    private static readonly ImmutableSortedDictionary<string, (DisclosedLine Conditions, DisclosedLine Result)> Items =
        new Dictionary<string, (DisclosedLine, DisclosedLine)>
        {
            ["road-passenger-licence"] = (
                new("有与经营业务相适应并经检测合格的客车，有符合条件的驾驶人员。", "Coaches that fit the business and passed inspection, and qualified drivers."),
                new("道路旅客运输经营许可证。", "A licence for road passenger transport.")),
            ["road-freight-licence"] = (
                new("有与经营业务相适应并经检测合格的车辆，有健全的安全管理制度。", "Vehicles that fit the business and passed inspection, and rules of safety."),
                new("道路货物运输经营许可证。", "A licence for road freight transport.")),
            ["oversize-permit"] = (
                new("载运不可解体物品，运输线路经勘察可以通行。", "A load that cannot be taken apart, and a route that was surveyed."),
                new("超限运输车辆通行证。", "A permit for an oversize vehicle.")),
            ["roadworks-permit"] = (
                new("有施工方案、安全评价和恢复措施。", "Plans of the works, of safety and of restoration."),
                new("涉路施工许可决定书。", "A decision that permits the works.")),
            ["repair-shop-registration"] = (
                new("有与业务相适应的场地、设备和技术人员。", "Premises, equipment and mechanics that fit the business."),
                new("备案证明。", "A confirmation of registration.")),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The codes of these items.</summary>
    public static IEnumerable<string> Codes => Items.Keys;

    /// <summary>What is published about one of them.</summary>
    public static ImmutableSortedDictionary<DisclosureSection, ImmutableArray<DisclosedLine>> Of(string item) => new Dictionary<DisclosureSection, ImmutableArray<DisclosedLine>>
    {
        [DisclosureSection.Conditions] = [Items[item].Conditions],
        [DisclosureSection.Basis] = [new("《青禾区交通运输行政许可办理规定》（演示用）", "Rules of Qinghe District on transport permits (for the demo)")],
        [DisclosureSection.Duty] = [new("青禾区交通运输局受理、审查并作出决定。", "The bureau accepts, examines and decides.")],
        [DisclosureSection.Procedure] = [new("申请、受理、审查、决定、送达。", "Application, acceptance, examination, decision, delivery.")],
        [DisclosureSection.Standard] = [new("材料齐全、符合法定形式即予受理。", "What is complete and in due form is accepted.")],
        [DisclosureSection.Result] = [Items[item].Result],
        [DisclosureSection.Rights] = [new("申请人可以查询进度、陈述申辩、依法申请复议，并对材料真实性负责。", "Applicants may ask how it stands, be heard, and ask for review; they answer for the truth of their papers.")],
    }.ToImmutableSortedDictionary();
}
