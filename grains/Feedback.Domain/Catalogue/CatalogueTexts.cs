using Feedback.Domain.Journal;
using Feedback.Domain.Personal;

namespace Feedback.Domain.Catalogue;

/// <summary>The stored text of the catalogue's events.</summary>
internal static class CatalogueTexts
{
    public static readonly EventKind[] Kinds =
    [
        EventKind.Of<SchemeDefined>("scheme.defined", 1,
            (text, e) =>
            {
                text.BeginArray("dimensions"u8);
                foreach (var dimension in e.Dimensions)
                    text.BeginObject().Member("code"u8, dimension.Code).Member("zh"u8, dimension.Zh).Member("en"u8, dimension.En).EndObject();
                text.EndArray();
            },
            (text, salt) => new SchemeDefined
            {
                Salt = salt,
                Dimensions =
                [
                    .. text.GetProperty("dimensions").EnumerateArray()
                        .Select(dimension => new Dimension(dimension.Text("code"), dimension.Text("zh"), dimension.Text("en"))),
                ],
            }),
        EventKind.Of<ServiceItemDefined>("service-item.defined", 1,
            (text, e) => text.Member("code"u8, e.Code).Member("zh"u8, e.Zh).Member("en"u8, e.En).Flag("unrateable"u8, !e.Rateable),
            (text, salt) => new ServiceItemDefined
            {
                Salt = salt, Code = text.Text("code"), Zh = text.Text("zh"), En = text.Text("en"), Rateable = !text.Flag("unrateable"),
            }),
        EventKind.Of<ReasonDefined>("reason.defined", 1,
            (text, e) => text.Member("code"u8, e.Code).Member("zh"u8, e.Zh).Member("en"u8, e.En),
            (text, salt) => new ReasonDefined { Salt = salt, Code = text.Text("code"), Zh = text.Text("zh"), En = text.Text("en") }),
        EventKind.Of<StaffRegistered>("staff.registered", 1,
            (text, e) =>
            {
                text.Member("code"u8, e.Code);
                text.Reference("name"u8, e.Name);
            },
            (text, salt) => new StaffRegistered
            {
                Salt = salt, Code = text.Text("code"),
                Name = text.PersonalReference("name") ?? throw new FormatException("Member 'name' is missing."),
            }),
    ];
}
