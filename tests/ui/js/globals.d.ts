// What the page's scripts find beside what browsers give: set by course/ui/assets.py, loader.js and the server's pages.
declare const STYLES: string;
declare const TOOL_STYLES: string;
declare var __course: any;
interface Window {
  course: any;
}
