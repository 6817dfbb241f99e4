"""Every knob of the service, once, with a description and a safe default; from the environment, prefix ``KAREZ_``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """The settings of one process."""

    model_config = SettingsConfigDict(env_prefix="KAREZ_", extra="ignore", frozen=True)

    database_url: Annotated[
        str,
        Field(
            description="sqlite:///path or postgresql://user:password@host/name; the path is relative to the working directory"
        ),
    ] = "sqlite:///var/karez.db"
    host: Annotated[str, Field(description="address to listen on; anything but loopback needs an API key first")] = (
        "127.0.0.1"
    )
    port: Annotated[int, Field(ge=0, le=65_535, description="port to listen on")] = 8000
    require_keys: Annotated[bool | None, Field(description="ask for an API key; unset: only when not on loopback")] = (
        None
    )
    max_body_bytes: Annotated[int, Field(ge=1_024, description="largest JSON body, in bytes")] = 2 * 1024 * 1024
    max_document_bytes: Annotated[int, Field(ge=1_024, description="largest list document as sent, in bytes")] = (
        512 * 1024 * 1024
    )
    max_unpacked_bytes: Annotated[
        int, Field(ge=1_024, description="largest list document unpacked, in bytes; large ones lie in a temporary file")
    ] = 4 * 1024 * 1024 * 1024
    request_timeout: Annotated[float, Field(gt=0, description="seconds after which a JSON request is given up")] = 60.0
    stop_timeout: Annotated[
        int, Field(ge=0, description="seconds that running requests get when the service stops")
    ] = 20
    fetch_timeout: Annotated[
        float, Field(gt=0, description="seconds a publisher may take for one step of a download")
    ] = 30.0
    fetch_deadline: Annotated[
        float, Field(gt=0, description="seconds after which the download of one document is given up")
    ] = 900.0
    fetch_attempts: Annotated[int, Field(ge=1, le=10, description="tries of one download")] = 3
    proxy: Annotated[str | None, Field(description="proxy for downloads of lists, as a URL")] = None
    refresh_schedule: Annotated[
        bool, Field(description="fetch every list at its rhythm; off where the service has no way out")
    ] = False
    lease_seconds: Annotated[
        float,
        Field(ge=1, description="seconds after which the list that a dead process was loading can be loaded again"),
    ] = 20.0
    lists_dir: Annotated[
        str | None,
        Field(description="folder of list files to load instead of fetching, for a service without a network"),
    ] = None
    detention_sites: Annotated[
        str | None,
        Field(
            description="CSV file of internment facilities and prisons (name,kind,latitude,longitude,source,url) to compare sites with;"
            " none is shipped"
        ),
    ] = None
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], Field(description="least severe log record that is written")
    ] = "INFO"

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def keys_required(self) -> bool:
        """Whether requests need an API key."""
        return not self.on_loopback if self.require_keys is None else self.require_keys
