/* python.exe of a CPython for Windows that comes without one: beside python311.dll it is the interpreter; in a virtual
   environment, where that is not beside it, it starts the base interpreter of pyvenv.cfg's home, as CPython's own
   venvlauncher does. */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

typedef int (*py_main)(int, wchar_t **);
static wchar_t here[MAX_PATH * 8], path[MAX_PATH * 8], own[MAX_PATH * 8];

static int base(void) {
    wchar_t *name = wcsrchr(own, L'\\') + 1, home[MAX_PATH * 8] = L"";
    char line[MAX_PATH * 16];
    swprintf(path, MAX_PATH * 8, L"%ls\\..\\pyvenv.cfg", here);
    FILE *cfg = _wfopen(path, L"rb");
    if (!cfg) { fwprintf(stderr, L"no python311.dll and no pyvenv.cfg beside %ls\n", own); return 103; }
    while (fgets(line, sizeof line, cfg))
        if (!strncmp(line, "home = ", 7)) {
            line[strcspn(line, "\r\n")] = 0;
            MultiByteToWideChar(CP_UTF8, 0, line + 7, -1, home, MAX_PATH * 8);
        }
    fclose(cfg);
    swprintf(path, MAX_PATH * 8, L"%ls\\%ls", home, name);
    SetEnvironmentVariableW(L"__PYVENV_LAUNCHER__", own);
    STARTUPINFOW how; PROCESS_INFORMATION child; DWORD code = 106;
    GetStartupInfoW(&how);
    if (!CreateProcessW(path, GetCommandLineW(), NULL, NULL, TRUE, 0, NULL, NULL, &how, &child)) {
        fwprintf(stderr, L"cannot start %ls: %lu\n", path, GetLastError());
        return 101;
    }
    WaitForSingleObject(child.hProcess, INFINITE);
    GetExitCodeProcess(child.hProcess, &code);
    return (int)code;
}

static int run(int argc, wchar_t **argv) {
    GetModuleFileNameW(NULL, own, MAX_PATH * 8);
    wcscpy(here, own);
    *wcsrchr(here, L'\\') = 0;
    swprintf(path, MAX_PATH * 8, L"%ls\\python311.dll", here);
    if (GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES) return base();
    HMODULE library = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!library) { fwprintf(stderr, L"cannot load %ls: %lu\n", path, GetLastError()); return 104; }
    return ((py_main)(void *)GetProcAddress(library, "Py_Main"))(argc, argv);
}

#ifdef WINDOWED
int WINAPI wWinMain(HINSTANCE a, HINSTANCE b, LPWSTR c, int d) { return run(__argc, __wargv); }
#else
int wmain(int argc, wchar_t **argv) { return run(argc, argv); }
#endif
