# The gateway in an image, compiled ahead of time: docs/container.md. The image has no shell and no package manager, and does not run as root.
FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble-aot AS build
WORKDIR /source
ENV CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
COPY . .
RUN eng/native.sh /app

# The variant with time zones: opening hours need them.
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0.12-noble-chiseled-extra AS gateway
WORKDIR /app
COPY --from=build /app .
# Everything on the container's own network gets in, so nothing of a call is open without a key there. Nothing is written but the folder of
# KNOWLEDGE_PATH, where one is set: the rest of the container may be read-only.
ENV LISTEN_ADDRESS=0.0.0.0 PORT=7071 DOTNET_EnableDiagnostics=0
USER 1654
EXPOSE 7071
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["./VoiceFunctions.LocalHost", "health"]
ENTRYPOINT ["./VoiceFunctions.LocalHost"]
