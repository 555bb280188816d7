namespace VoiceFunctions.Core.Costs.Prices;

/// <summary>The prices by which calls are costed. Every <see cref="PriceName"/> has its entry, with a price or without.</summary>
public sealed class PriceList
{
    private readonly Dictionary<string, Price> prices;

    internal PriceList(DateOnly date, IEnumerable<Price> all)
    {
        Date = date;
        prices = all.ToDictionary(price => price.Name, StringComparer.Ordinal);
    }

    /// <summary>The list that comes with this build.</summary>
    public static PriceList Shipped { get; } = PriceFile.ReadShipped();

    /// <summary>The day of the list: of the operator's, where one is set.</summary>
    public DateOnly Date { get; }

    /// <summary>All prices, by their names.</summary>
    public IEnumerable<Price> All => prices.Values.OrderBy(price => price.Name, StringComparer.Ordinal);

    /// <summary>A price.</summary>
    /// <param name="name">One of <see cref="PriceName"/>.</param>
    public Price this[string name] => prices[name];

    /// <summary>A price; <c>null</c> where there is none of that name.</summary>
    internal Price? Find(string name) => prices.GetValueOrDefault(name);
}
