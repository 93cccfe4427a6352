# syntax=docker/dockerfile:1
# Builds any of the executables:
#   docker build --build-arg SERVICE=OrleansShop.Gateway -t orleansshop/gateway .
# --build-arg ACTOR_ENGINE=Orleans builds it on the official packages (docs/engine/orleans-packages.md).
# Configuration comes from environment variables; the process listens on port 8080 and runs as the image's unprivileged user.
ARG DOTNET_VERSION=10.0

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET_VERSION} AS build
ARG SERVICE
ARG ACTOR_ENGINE=BuiltIn
WORKDIR /source
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig OrleansShop.sln ./
COPY .analyzers .analyzers
COPY src src
COPY deploy deploy
RUN test -n "$SERVICE" || { echo "Pass --build-arg SERVICE=<project>, such as OrleansShop.Gateway" >&2; exit 1; }
RUN project="$(find src -name "$SERVICE.csproj")" \
 && test -n "$project" || { echo "There is no project named '$SERVICE' under src" >&2; exit 1; } \
 && dotnet publish "$project" --configuration Release -p:ActorEngine="$ACTOR_ENGINE" --output /app \
 && assembly="$(dotnet msbuild "$project" -getProperty:AssemblyName)" \
 && printf '#!/bin/sh\nexec dotnet "/app/%s.dll" "$@"\n' "$assembly" > /app/start \
 && chmod 755 /app/start \
 && mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET_VERSION} AS run
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
VOLUME /data
USER $APP_UID
ENTRYPOINT ["/app/start"]
