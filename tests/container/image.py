# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives of images for tests, as `docker save` writes them and as an OCI layout."""
import hashlib
import io
import json
import tarfile


def tar_of(files):
    """A tar of {path: bytes}; a value that is a TarInfo is put in as it is."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        for path, content in files.items():
            if isinstance(content, tarfile.TarInfo):
                tar.addfile(content)
                continue
            info = tarfile.TarInfo(path)
            info.size, info.mode = len(content), 0o644
            tar.addfile(info, io.BytesIO(content))
    return data.getvalue()


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def config_of(layers, architecture="amd64", entry=("/serve",), env=(), ports=("8080/tcp",),
              history=()):
    return json.dumps({
        "architecture": architecture, "os": "linux",
        "config": {"Entrypoint": list(entry) if entry else None, "Env": list(env),
                   "ExposedPorts": {port: {} for port in ports}},
        "rootfs": {"type": "layers", "diff_ids": [digest(layer) for layer in layers]},
        "history": [{"created_by": step} for step in history]}).encode()


def saved(layers, config, name):
    """What `docker save` wrote before it wrote an OCI layout too; engines still load it."""
    files = {f"{digest(config)[7:]}.json": config}
    names = []
    for layer in layers:
        names.append(f"{digest(layer)[7:]}/layer.tar")
        files[names[-1]] = layer
    files["manifest.json"] = json.dumps([{"Config": f"{digest(config)[7:]}.json",
                                          "RepoTags": [name], "Layers": names}]).encode()
    return tar_of(files)


def layout(images, attestation=False, compress=lambda layer: layer):
    """The files of an OCI layout; @images are pairs of layers and configuration."""
    files, manifests = {"oci-layout": b'{"imageLayoutVersion": "1.0.0"}'}, []

    def blob(data):
        files[f"blobs/sha256/{digest(data)[7:]}"] = data
        return {"digest": digest(data), "size": len(data)}

    for layers, config in images:
        manifest = json.dumps({
            "schemaVersion": 2, "config": blob(config),
            "layers": [blob(compress(layer)) for layer in layers]}).encode()
        manifests.append({**blob(manifest), "platform": {
            "os": "linux", "architecture": json.loads(config).get("architecture")}})
    if attestation:
        manifests.append({**blob(b"{}"), "platform": {"os": "unknown", "architecture": "unknown"}})
    inner = json.dumps({"schemaVersion": 2, "manifests": manifests}).encode()
    files["index.json"] = json.dumps({"schemaVersion": 2, "manifests": [blob(inner)]}).encode()
    return files
