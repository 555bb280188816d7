namespace VoiceFunctions.Core.LiveKit.Api.Egress;

/// <summary>
/// Where LiveKit writes the files of recordings. It needs the keys: they go into the request, and printing a target shows none.
/// </summary>
public abstract record LiveKitFileTarget
{
    private LiveKitFileTarget()
    {
    }

    /// <summary>Azure Blob Storage. LiveKit takes an account's key alone: no SAS and no managed identity.</summary>
    /// <param name="Account">The storage account's name.</param>
    /// <param name="Key">Its key, in base64; secret.</param>
    /// <param name="Container">The container.</param>
    public sealed record Azure(string Account, string Key, string Container) : LiveKitFileTarget
    {
        /// <inheritdoc/>
        public override string ToString() => "Azure Blob Storage";
    }

    /// <summary>Amazon S3, or a store that speaks like it.</summary>
    /// <param name="Bucket">The bucket.</param>
    /// <param name="AccessKey">The access key's id; secret.</param>
    /// <param name="Secret">The access key's secret.</param>
    public sealed record S3(string Bucket, string AccessKey, string Secret) : LiveKitFileTarget
    {
        /// <summary>The region; <c>null</c> for the store's own.</summary>
        public string? Region { get; init; }

        /// <summary>The store's URL; <c>null</c> for Amazon's.</summary>
        public string? Endpoint { get; init; }

        /// <summary>Whether the bucket stands in the URL's path instead of its host, as many stores other than Amazon's want.</summary>
        public bool ForcePathStyle { get; init; }

        /// <inheritdoc/>
        public override string ToString() => "S3";
    }
}
